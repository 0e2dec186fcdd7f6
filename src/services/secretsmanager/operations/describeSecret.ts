import { findSecret } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { secretDescriptionView } from "../views.ts";

export const describeSecret =
  (room: Pick<Room, "secrets" | "clock">): Operation<"DescribeSecret"> =>
  async (_ctx, input) =>
    secretDescriptionView(findSecret(room, input.SecretId));
