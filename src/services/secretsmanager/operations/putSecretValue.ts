import { invalidParameter } from "../errors.ts";
import { findLiveSecret } from "../find.ts";
import { CURRENT } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { bringsValue, newVersion, repeatedVersion, withVersion } from "../versions.ts";
import { secretNameView } from "../views.ts";

export const putSecretValue =
  (room: Pick<Room, "secrets" | "clock" | "ids" | "cipher">): Operation<"PutSecretValue"> =>
  async (_ctx, input) => {
    const secret = findLiveSecret(room, input.SecretId);
    if (!bringsValue(input)) throw invalidParameter("You must provide either SecretString or SecretBinary.");
    const stages = input.VersionStages ?? [CURRENT];
    const version = newVersion(room, input.ClientRequestToken ?? room.ids.uuid(), input, stages);
    const known = repeatedVersion(secret, version);
    if (!known) room.secrets.put(withVersion(secret, version, room.clock.now()));
    const { versionId, stages: attached } = known ?? version;
    return { ...secretNameView(secret), VersionId: versionId, VersionStages: [...attached] };
  };
