import { isCodeCommitOwner, type RepositoryName } from "../../../kernel/gitHost.ts";
import { OWNER, REPOSITORY } from "../limits.ts";
import { newRepository } from "../newRepository.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** The repository; the cloud's owner makes one by pushing to it. */
export const repositoryFor = async (
  room: Room,
  name: RepositoryName,
  mayMake: boolean,
): Promise<RepositoryRecord | undefined> => {
  const found = room.repositories.get(name);
  if (found || !mayMake || isCodeCommitOwner(name.owner) || !OWNER.test(name.owner) || !REPOSITORY.test(name.name))
    return found;
  const made = await newRepository(room, name);
  await room.deps.records.committed();
  return made;
};
