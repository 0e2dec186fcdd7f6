import { type CommitDetail, listCommits } from "../../../engines/git/commits.ts";
import { mergedTree } from "../../../engines/git/merge.ts";
import { keyOf } from "../../../engines/git/place.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import { type Writer, writeCommit } from "../../../engines/git/write.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { moveRef } from "../moveRef.ts";
import type { PullRecord, RepositoryRecord } from "../records.ts";
import { refuse } from "../rest/api.ts";
import type { Room } from "../room.ts";
import { putPull } from "./tell.ts";

export type MergeMethod = "merge" | "squash" | "rebase";

export interface Merge {
  readonly method: MergeMethod;
  readonly title: string;
  readonly message: string;
  readonly committer: Writer;
}

/** Merges a pull request into its base and closes it; gives the commit the base is at. */
export const mergePull = async (
  room: Room,
  repository: RepositoryRecord,
  pull: PullRecord,
  merge: Merge,
): Promise<string> => {
  const base = (await refsOf(room, repository)).get(`refs/heads/${pull.base}`);
  if (base === undefined) throw refuse(405, "Base branch does not exist");
  const after =
    merge.method === "rebase"
      ? await rebased(room, repository, base, pull.headSha, merge)
      : await merged(room, repository, base, pull.headSha, merge);
  const now = room.clock.now();
  // Closed before the base moves: what follows the branch is not to take it for merged by a push.
  const closed: PullRecord = {
    ...pull,
    state: "closed",
    closedAt: now,
    mergedAt: now,
    updatedAt: now,
    mergeCommit: after,
  };
  const key = [...keyOf(repository), pull.number];
  room.pulls.put(key, closed);
  try {
    await moveRef(room, repository, { ref: `refs/heads/${pull.base}`, before: base, after });
  } catch (error) {
    if (errorCode(error) !== "Conflict") throw error;
    room.pulls.put(key, pull);
    throw refuse(409, "Base branch was modified. Review and try the merge again.");
  }
  await putPull(room, repository, closed, "closed");
  return after;
};

const conflict = () => refuse(405, "Pull Request is not mergeable");

const merged = async (room: Room, repository: RepositoryRecord, base: string, head: string, merge: Merge) => {
  const tree = await mergedTree(room, repository, base, head);
  if (tree === undefined) throw conflict();
  const message = merge.message === "" ? merge.title : `${merge.title}\n\n${merge.message}`;
  const parents = merge.method === "merge" ? [base, head] : [base];
  return writeCommit(room, repository, { tree, parents, message, author: merge.committer, committer: merge.committer });
};

/** Each commit once more, on top of the base. */
const rebased = async (room: Room, repository: RepositoryRecord, base: string, head: string, merge: Merge) => {
  const commits = await listCommits(room, repository, { revisions: [`${base}..${head}`], oldestFirst: true });
  let onto = base;
  for (const commit of commits) onto = await picked(room, repository, onto, commit, merge);
  return onto;
};

const picked = async (room: Room, repository: RepositoryRecord, onto: string, commit: CommitDetail, merge: Merge) => {
  const [parent] = commit.parents;
  if (parent === undefined || commit.parents.length > 1) throw refuse(405, "This branch can't be rebased");
  const { name, email, date } = commit.author;
  const { tree: ontoTree } = await detail(room, repository, onto);
  // A commit's change on another parent is the merge of a commit that has its tree, and the change's own parent.
  const standIn = await writeCommit(room, repository, {
    tree: ontoTree,
    parents: [parent],
    message: "",
    author: merge.committer,
    committer: merge.committer,
  });
  const tree = await mergedTree(room, repository, standIn, commit.id);
  if (tree === undefined) throw conflict();
  const author = { name, email, date: `${Date.parse(date) / 1000} +0000` };
  return writeCommit(room, repository, {
    ...{ tree, parents: [onto], message: commit.message, author },
    committer: merge.committer,
  });
};

const detail = async (room: Room, repository: RepositoryRecord, id: string): Promise<CommitDetail> => {
  const [found] = await listCommits(room, repository, { revisions: [id], limit: 1 });
  if (!found) throw conflict();
  return found;
};
