import { invalidParameter } from "../errors.ts";
import { findOwnSecret } from "../find.ts";
import { CURRENT } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { newVersion, repeatedVersion, withVersion } from "../versions.ts";
import { secretNameView } from "../views.ts";

export const putSecretValue =
  (room: Pick<Room, "secrets" | "clock" | "cipher">): Operation<"PutSecretValue"> =>
  async (_ctx, input) => {
    const version = newVersion(room, input, input.VersionStages ?? [CURRENT]);
    const secret = findOwnSecret(room, input.SecretId);
    if (!version) throw invalidParameter("You must provide either SecretString or SecretBinary.");
    const known = repeatedVersion(secret, version);
    if (!known) room.secrets.put(withVersion(secret, version, room.clock.now()));
    const { versionId, stages: attached } = known ?? version;
    return { ...secretNameView(secret), VersionId: versionId, VersionStages: [...attached] };
  };
