import { findOwnSecret } from "../find.ts";
import { CURRENT } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { newVersion, repeatedVersion, withVersion } from "../versions.ts";
import { secretNameView } from "../views.ts";

export const updateSecret =
  (room: Pick<Room, "secrets" | "clock" | "cipher">): Operation<"UpdateSecret"> =>
  async (_ctx, input) => {
    const version = newVersion(room, input, [CURRENT]);
    const found = findOwnSecret(room, input.SecretId);
    const now = room.clock.now();
    const secret = {
      ...found,
      changedAt: now,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.KmsKeyId === undefined ? {} : { kmsKeyId: input.KmsKeyId }),
      ...(input.Type === undefined ? {} : { type: input.Type }),
    };
    if (!version) {
      room.secrets.put(secret);
      return secretNameView(secret);
    }
    const known = repeatedVersion(secret, version);
    room.secrets.put(known ? secret : withVersion(secret, version, now));
    return { ...secretNameView(secret), VersionId: version.versionId };
  };
