import { findRepository } from "../find.ts";
import { removeRepository } from "../removeRepository.ts";
import type { Operation, Room } from "../room.ts";

export const updateRepository =
  (room: Room): Operation<"UpdateRepository"> =>
  async (_ctx, { owner, name, description, accessToken }) => {
    const { sealedToken: _, ...repository } = findRepository(room, { owner, name });
    room.repositories.put({
      ...repository,
      description: description ?? "",
      ...(accessToken === undefined ? {} : { sealedToken: room.deps.cipher.seal(accessToken) }),
    });
    return {};
  };

export const deleteRepository =
  (room: Room): Operation<"DeleteRepository"> =>
  async (_ctx, name) => {
    if (!room.repositories.get(name)) return {};
    await removeRepository(room, name);
    return {};
  };
