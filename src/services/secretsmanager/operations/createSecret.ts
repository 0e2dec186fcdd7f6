import { invalidParameter, nameScheduledForDeletion, secretAlreadyExists } from "../errors.ts";
import { checkName } from "../find.ts";
import { MAX_TAGS_PER_SECRET } from "../limits.ts";
import { CURRENT, type SecretRecord, tagRecord, type VersionRecord } from "../records.ts";
import { replicationView, withReplicas } from "../replicas.ts";
import type { Operation, Room } from "../room.ts";
import { newVersion, repeatedVersion } from "../versions.ts";
import { secretNameView } from "../views.ts";

const SUFFIX_LENGTH = 6;

export const createSecret =
  (room: Pick<Room, "secrets" | "secretsIn" | "region" | "clock" | "ids" | "cipher">): Operation<"CreateSecret"> =>
  async (ctx, input) => {
    checkName(input.Name);
    if ((input.Tags?.length ?? 0) > MAX_TAGS_PER_SECRET) throw invalidParameter("Too many tags.");
    const version = newVersion(room, input, [CURRENT]);
    const existing = room.secrets.get(input.Name);
    if (existing) return repeated(existing, version, input.Name);
    const now = room.clock.now();
    const made: SecretRecord = {
      name: input.Name,
      arn: ctx.arn("secret", `${input.Name}-${room.ids.mixed(SUFFIX_LENGTH)}`),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.KmsKeyId === undefined ? {} : { kmsKeyId: input.KmsKeyId }),
      ...(input.Type === undefined ? {} : { type: input.Type }),
      ...(input.Tags?.length ? { tags: input.Tags.map(tagRecord) } : {}),
      createdAt: now,
      changedAt: now,
      versions: version ? [version] : [],
    };
    const secret = withReplicas(room, made, input);
    room.secrets.put(secret);
    const VersionId = version && { VersionId: version.versionId };
    return { ...secretNameView(secret), ...VersionId, ...replicationView(secret) };
  };

/** A request that brings the same token and value again is answered again; anything else finds the name taken. */
const repeated = (secret: SecretRecord, version: VersionRecord | undefined, name: string) => {
  if (secret.deletedAt !== undefined) throw nameScheduledForDeletion();
  const known = version && repeatedVersion(secret, version);
  if (!known) throw secretAlreadyExists(name);
  return { ...secretNameView(secret), VersionId: known.versionId };
};
