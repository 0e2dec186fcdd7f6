import { commitAt, refsOf } from "../../../engines/git/revisions.ts";
import { treeWith, type Writer, writeBlob, writeCommit } from "../../../engines/git/write.ts";
import { moveRef } from "../moveRef.ts";
import { protectionOf } from "../protection/protectionOf.ts";
import { directPushRefusal, mergesRefusal, mirrorRefusal } from "../protection/refusals.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { refuse } from "./api.ts";
import { OWNER_LOGIN } from "./views.ts";

/** A file to be written, or removed, by a commit of its own. */
export interface FileWrite {
  readonly branch: string;
  readonly path: string;
  /** Absent: the file goes. */
  readonly content?: Uint8Array | undefined;
  readonly mode?: string | undefined;
  readonly message: string;
  readonly author?: Writer | undefined;
  readonly committer?: Writer | undefined;
  /** Who asks for it; the owner where absent. */
  readonly login?: string;
}

/** Makes the commit, moves the branch, and tells of it; gives the ids of the commit and of the file. */
export const commitFile = async (room: Room, repository: RepositoryRecord, write: FileWrite) => {
  const { branch, path, content, mode = "100644", message } = write;
  const ref = `refs/heads/${branch}`;
  const head = (await refsOf(room, repository)).get(ref);
  const blob = content === undefined ? undefined : await writeBlob(room, repository, content);
  const tree = await treeWith(room, repository, head, [{ path, mode, id: blob }]);
  const committer = write.committer ?? write.author ?? ownWriter(room);
  const author = write.author ?? committer;
  const parents = head === undefined ? [] : [head];
  const id = await writeCommit(room, repository, { tree, parents, message, author, committer });
  await checkProtection(room, repository, { ref, before: head, after: id, login: write.login ?? OWNER_LOGIN });
  await moveRef(room, repository, { ref, before: head, after: id });
  return { commit: await commitAt(room, repository, id), blob };
};

/** A branch that is to go on to another commit, and who wants it so. */
interface BranchMove {
  readonly ref: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly login: string;
}

/** GitHub: what a push may not do to a protected branch, the API may not either. */
export const checkProtection = async (room: Room, repository: RepositoryRecord, move: BranchMove): Promise<void> => {
  const { ref, after, login } = move;
  const protection = protectionOf(room, repository, ref);
  const why =
    mirrorRefusal(room, repository, ref) ??
    (protection && directPushRefusal(room, repository, protection, { commit: after, login })) ??
    (await mergesRefusal(room, repository, ref, move));
  if (why !== undefined) throw refuse(409, `Could not update file: ${why}`);
};

export const ownWriter = (room: Room): Writer => ({
  name: OWNER_LOGIN,
  email: `${OWNER_LOGIN}@localhost`,
  date: gitDate(room.clock.now()),
});

/** A time as git's environment takes it. */
export const gitDate = (ms: number): string => `${Math.trunc(ms / 1000)} +0000`;
