import { tooManyLabels, versionNotFound } from "../errors.ts";
import { findParameter, versionsOf } from "../find.ts";
import { MAX_LABELS_PER_VERSION } from "../limits.ts";
import type { VersionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Shelves = Pick<Room, "parameters" | "versions" | "announce">;

/** AWS: a label is on one version at a time, and moves. */
export const labelParameterVersion =
  (room: Shelves): Operation<"LabelParameterVersion"> =>
  async (_ctx, input) => {
    const { name, latest, arn } = findParameter(room, input.Name);
    const number = input.ParameterVersion ?? latest;
    const version = versionAt(room, name, number);
    const labels = [...new Set(input.Labels)];
    const valid = labels.filter(isLabel);
    const combined = [...new Set([...version.labels, ...valid])];
    if (combined.length > MAX_LABELS_PER_VERSION) throw tooManyLabels();
    for (const other of versionsOf(room, name)) {
      if (other.version !== number)
        put(room, { ...other, labels: other.labels.filter((each) => !valid.includes(each)) });
    }
    put(room, { ...version, labels: combined });
    room.announce("LabelParameterVersion", { ...version, arn });
    return { InvalidLabels: labels.filter((label) => !isLabel(label)), ParameterVersion: number };
  };

export const unlabelParameterVersion =
  (room: Shelves): Operation<"UnlabelParameterVersion"> =>
  async (_ctx, input) => {
    const version = versionAt(room, findParameter(room, input.Name).name, input.ParameterVersion);
    const labels = [...new Set(input.Labels)];
    put(room, { ...version, labels: version.labels.filter((label) => !labels.includes(label)) });
    return {
      RemovedLabels: labels.filter((label) => version.labels.includes(label)),
      InvalidLabels: labels.filter((label) => !version.labels.includes(label)),
    };
  };

const versionAt = (room: Shelves, name: string, number: number): VersionRecord => {
  const version = room.versions.get([name, number]);
  if (!version) throw versionNotFound(String(number), name);
  return version;
};

const put = (room: Shelves, version: VersionRecord): void =>
  room.versions.put([version.name, version.version], version);

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-labels.html */
const isLabel = (label: string): boolean => /^(?!\d|aws|ssm)[\w.-]{1,100}$/i.test(label);
