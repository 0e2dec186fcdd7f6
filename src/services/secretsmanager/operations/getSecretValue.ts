import { invalidRequest, valueNotFound } from "../errors.ts";
import { accessedToday, findLiveSecret } from "../find.ts";
import { CURRENT, type SecretRecord, type VersionRecord, versionAt } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { openValue } from "../versions.ts";

export const getSecretValue =
  (room: Pick<Room, "secrets" | "clock" | "cipher">): Operation<"GetSecretValue"> =>
  async (_ctx, input) => {
    const secret = findLiveSecret(room, input.SecretId);
    const version = chosenVersion(secret, input.VersionId, input.VersionStage);
    touch(room, secret, version);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.versionId,
      ...openValue(room, version),
      VersionStages: [...version.stages],
      CreatedDate: new Date(version.createdAt),
    };
  };

/** The version an id and a stage agree on; the current one when neither is given. */
export const chosenVersion = (secret: SecretRecord, versionId?: string, stage?: string): VersionRecord => {
  if (versionId === undefined) {
    const staged = versionAt(secret, stage ?? CURRENT);
    if (!staged || staged.isEmpty) throw valueNotFound(`staging label: ${stage ?? CURRENT}`);
    return staged;
  }
  const version = secret.versions.find((each) => each.versionId === versionId);
  if (!version || version.isEmpty) throw valueNotFound(`VersionId: ${versionId}`);
  if (stage !== undefined && !version.stages.includes(stage)) {
    throw invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
  }
  return version;
};

/** Notes the day of the last read, of the secret and of the version, at most one write a day for each. */
const touch = (
  { secrets, clock }: Pick<Room, "secrets" | "clock">,
  secret: SecretRecord,
  version: VersionRecord,
): void => {
  const today = accessedToday(clock.now());
  if (version.accessedAt === today) return;
  const versions = secret.versions.map((each) => (each === version ? { ...each, accessedAt: today } : each));
  secrets.put({ ...secret, accessedAt: today, versions });
};
