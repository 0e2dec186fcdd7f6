import { git } from "../../../engines/git/gitCommand.ts";
import { keyOf, repositoryPath } from "../../../engines/git/place.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { announcePush } from "../announcePush.ts";
import type { MirrorRecord, RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { isAncestor } from "./isAncestor.ts";

/** Brings a bare repository's branch to where the user's is; of the user's repository it only reads. */
export const fetchMirror = async (room: Room, { path, branch, into }: MirrorRecord, bare: string): Promise<void> => {
  const quiet = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--update-shallow"];
  const refs = `+refs/heads/${branch}:refs/heads/${into}`;
  await git(room, ["fetch", ...quiet, "--no-recurse-submodules", path, refs], { cwd: bare });
};

/** Takes what is new on the branch, and tells pipelines of it as of a push; keeps what came of it. False when it must be tried again. */
export const syncMirror = async (room: Room, mirror: MirrorRecord): Promise<boolean> => {
  const repository = room.repositories.get(mirror);
  // The stack that makes the repository takes the branch as it is then.
  if (!repository) return true;
  const ref = `refs/heads/${mirror.into}`;
  try {
    const before = (await refsOf(room, repository)).get(ref);
    await fetchMirror(room, mirror, repositoryPath(room, repository));
    const after = (await refsOf(room, repository)).get(ref);
    if (after !== undefined && after !== before) {
      const from = await newSince(room, repository, before, after);
      await announcePush(room, repository, { asked: [{ ref, before: from, after }] });
    }
    note(room, mirror, { state: "following", ...(after === undefined ? {} : { commit: after }) });
    return true;
  } catch (error) {
    note(room, mirror, { state: "failing", message: errorMessage(error) });
    return false;
  }
};

/** Where a history takes the place of the code that a repository was made from, its head alone is new. */
const newSince = async (
  room: Room,
  repository: RepositoryRecord,
  before: string | undefined,
  after: string,
): Promise<string | undefined> => {
  if (before === undefined || before !== repository.madeFrom) return before;
  return (await isAncestor(room, repositoryPath(room, repository), before, after)) ? before : undefined;
};

/** How a mirror is, in its record; unless it was ended meanwhile. */
export const note = (
  room: Room,
  mirror: MirrorRecord,
  now: Pick<MirrorRecord, "state" | "commit" | "message">,
): void => {
  const current = room.mirrors.get(keyOf(mirror));
  if (!current || current.path !== mirror.path) return;
  const isSame = current.state === now.state && current.commit === now.commit && current.message === now.message;
  if (isSame) return;
  const { owner, name, path, branch, into } = current;
  room.mirrors.put(keyOf(mirror), { ...{ owner, name, path, branch, into }, ...now, changedAt: room.clock.now() });
};
