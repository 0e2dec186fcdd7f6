import { DEFAULT_BRANCH } from "../bareRepository.ts";
import { codeOf } from "../codeInS3.ts";
import { invalidName, nameTaken } from "../errors.ts";
import { OWNER, REPOSITORY } from "../limits.ts";
import { newRepository } from "../newRepository.ts";
import type { Operation, Room } from "../room.ts";

export const createRepository =
  (room: Room): Operation<"CreateRepository"> =>
  async (ctx, { owner, name, title, description, accessToken, code }) => {
    if (!OWNER.test(owner)) throw invalidName("The owner's name", owner);
    if (!REPOSITORY.test(name)) throw invalidName("The repository's name", name);
    if (room.repositories.get({ owner, name })) throw nameTaken();
    const files = code && (await codeOf(ctx, code));
    await newRepository(room, { owner, name }, { title, description, accessToken, code: files });
    return { defaultBranch: DEFAULT_BRANCH };
  };
