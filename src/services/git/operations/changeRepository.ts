import { setHead } from "../bareRepository.ts";
import { findRepository } from "../find.ts";
import { removeRepository } from "../removeRepository.ts";
import type { Operation, Room } from "../room.ts";

export const updateRepository =
  (room: Room): Operation<"UpdateRepository"> =>
  async (_ctx, { owner, name, title, defaultBranch, description, accessToken }) => {
    const { sealedToken: _, ...repository } = findRepository(room, { owner, name });
    if (defaultBranch !== undefined) await setHead(room, repository, `refs/heads/${defaultBranch}`);
    room.repositories.put({
      ...repository,
      ...(title === undefined ? {} : { title }),
      ...(defaultBranch === undefined ? {} : { defaultBranch }),
      description: description ?? "",
      ...(accessToken === undefined ? {} : { sealedToken: room.deps.cipher.seal(accessToken) }),
    });
    return {};
  };

export const deleteRepository =
  (room: Room): Operation<"DeleteRepository"> =>
  async (_ctx, name) => {
    const repository = room.repositories.get(name);
    if (repository) await removeRepository(room, repository);
    return {};
  };
