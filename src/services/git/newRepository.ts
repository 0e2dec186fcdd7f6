import { keyOf } from "../../engines/git/place.ts";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import { DEFAULT_BRANCH, makeRepository } from "./bareRepository.ts";
import { follow } from "./mirror/follow.ts";
import { fetchMirror } from "./mirror/sync.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** What a new repository may come with. */
export interface Beginning {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly accessToken?: string | undefined;
  /** A zip that becomes the first commit. */
  readonly code?: Uint8Array | undefined;
}

/** Makes a repository; the caller has seen that the name is good and free. */
export const newRepository = async (
  room: Room,
  { owner, name }: RepositoryName,
  { title, description = "", accessToken, code }: Beginning = {},
): Promise<RepositoryRecord> => {
  // What follows a repository of this machine begins with its history in place of the zip's files.
  const mirror = room.mirrors.get(keyOf({ owner, name }));
  const madeFrom = await makeRepository(
    room,
    { owner, name },
    mirror ? (bare) => fetchMirror(room, mirror, bare) : code,
  );
  const repository: RepositoryRecord = {
    owner,
    name,
    ...(title === undefined ? {} : { title }),
    description,
    defaultBranch: DEFAULT_BRANCH,
    ...(accessToken === undefined ? {} : { sealedToken: room.deps.cipher.seal(accessToken) }),
    ...(madeFrom === undefined ? {} : { madeFrom }),
    createdAt: room.clock.now(),
  };
  room.repositories.put(repository);
  if (mirror) follow(room, mirror);
  return repository;
};
