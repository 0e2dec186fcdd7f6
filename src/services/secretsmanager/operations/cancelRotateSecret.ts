import { findOwnSecret } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { keepWithNext, unfinished } from "../rotation/rotate.ts";
import { secretNameView } from "../views.ts";

export const cancelRotateSecret =
  (room: Room): Operation<"CancelRotateSecret"> =>
  async (_ctx, input) => {
    const secret = findOwnSecret(room, input.SecretId);
    if (secret.rotation) keepWithNext(room, secret, { ...secret.rotation, isOn: false });
    // AWS: a version that a rotation has begun stays as it is, and is named for the caller to clean up.
    const VersionId = unfinished(secret);
    return { ...secretNameView(secret), ...(VersionId === undefined ? {} : { VersionId }) };
  };
