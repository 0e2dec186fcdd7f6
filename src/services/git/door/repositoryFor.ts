import type { RepositoryName } from "../../../kernel/gitHost.ts";
import { DEFAULT_BRANCH, makeRepository } from "../bareRepository.ts";
import { OWNER, REPOSITORY } from "../limits.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** The repository; the cloud's owner makes one by pushing to it. */
export const repositoryFor = async (room: Room, name: RepositoryName, mayMake: boolean) => {
  const found = room.repositories.get(name);
  if (found || !mayMake || !OWNER.test(name.owner) || !REPOSITORY.test(name.name)) return found;
  await makeRepository(room, name, undefined);
  const made: RepositoryRecord = {
    ...name,
    description: "",
    defaultBranch: DEFAULT_BRANCH,
    createdAt: room.clock.now(),
  };
  room.repositories.put(made);
  await room.deps.records.committed();
  return made;
};
