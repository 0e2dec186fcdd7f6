import { parameterNotFound, versionNotFound } from "./errors.ts";
import { type Reference, referenceOf } from "./names.ts";
import type { ParameterRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Shelves = Pick<Room, "parameters" | "versions">;

/** A parameter and one of its versions. */
export interface Found {
  readonly parameter: ParameterRecord;
  readonly version: VersionRecord;
  readonly selector?: string;
}

/** The parameter of that name, or of that ARN. Throws ParameterNotFound. */
export const findParameter = ({ parameters }: Shelves, text: string): ParameterRecord => {
  const { name } = referenceOf(text);
  // AWS: `a` and `/a` share one ARN.
  const parameter = parameters.get(name) ?? (text.startsWith("arn:") ? parameters.get(`/${name}`) : undefined);
  if (!parameter) throw parameterNotFound(name);
  return parameter;
};

/** The version that `NAME`, `NAME:VERSION` or `NAME:LABEL` names. Throws ParameterNotFound or ParameterVersionNotFound. */
export const findVersion = (room: Shelves, text: string): Found => {
  const reference = referenceOf(text);
  const parameter = findParameter(room, text);
  const version = selected(room, parameter, reference);
  if (!version) throw versionNotFound(reference.selector ?? "", parameter.name);
  return { parameter, version, ...(reference.selector === undefined ? {} : { selector: `:${reference.selector}` }) };
};

const selected = (room: Shelves, { name, latest }: ParameterRecord, { selector }: Reference) => {
  if (selector === undefined) return room.versions.get([name, latest]);
  if (/^\d+$/.test(selector)) return room.versions.get([name, Number(selector)]);
  return versionsOf(room, name).find(({ labels }) => labels.includes(selector));
};

/** All versions of a parameter, the oldest first. */
export const versionsOf = ({ versions }: Shelves, name: string): readonly VersionRecord[] =>
  [...versions.range({ prefix: [name] })].map(({ value }) => value);

/** The newest version of a parameter. */
export const latestOf = (room: Shelves, { name, latest }: ParameterRecord): VersionRecord => {
  const version = room.versions.get([name, latest]);
  if (!version) throw versionNotFound(String(latest), name);
  return version;
};
