import { findSecret } from "../find.ts";
import { restored } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { secretNameView } from "../views.ts";

export const restoreSecret =
  (room: Pick<Room, "secrets" | "clock">): Operation<"RestoreSecret"> =>
  async (_ctx, input) => {
    const secret = restored(findSecret(room, input.SecretId));
    room.secrets.put(secret);
    return secretNameView(secret);
  };
