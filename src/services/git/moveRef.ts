import { git } from "../../engines/git/gitCommand.ts";
import { repositoryPath } from "../../engines/git/place.ts";
import { announcePush } from "./announcePush.ts";
import type { RefUpdate } from "./door/pushRequest.ts";
import { refMoved } from "./errors.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

const ZERO = "0".repeat(40);

/** Moves a reference from where it is known to be, and tells of it as of a push. Throws when it has moved meanwhile. */
export const moveRef = async (
  room: Room,
  repository: RepositoryRecord,
  update: RefUpdate,
  actor?: string,
): Promise<void> => {
  const { ref, before = ZERO, after } = update;
  const args = after === undefined ? ["-d", ref, before] : [ref, after, before];
  try {
    await git(room, ["update-ref", "-m", "api", ...args], { cwd: repositoryPath(room, repository) });
  } catch {
    // What it was has been read just now, so somebody else has moved it.
    throw refMoved(ref);
  }
  await announcePush(room, repository, { asked: [update], taken: [update], actor });
};
