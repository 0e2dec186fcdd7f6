import { findRepository } from "../find.ts";
import { moveRef } from "../moveRef.ts";
import type { Operation, Room } from "../room.ts";

export const moveReference =
  (room: Room): Operation<"MoveReference"> =>
  async (_ctx, { owner, name, ref, before, after, actor }) => {
    await moveRef(room, findRepository(room, { owner, name }), { ref, before, after }, actor);
    return {};
  };
