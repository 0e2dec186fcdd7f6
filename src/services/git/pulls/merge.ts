import { errorCode } from "../../../kernel/errors.ts";
import { refsOf, repositoryPath } from "../bareRepository.ts";
import { gitText } from "../gitCommand.ts";
import { type CommitDetail, listCommits } from "../history/commits.ts";
import { moveRef } from "../history/moveRef.ts";
import { type Writer, writeCommit } from "../history/write.ts";
import { keyOf, type PullRecord, type RepositoryRecord } from "../records.ts";
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

/** The tree that comes of merging `head` into `base`; undefined when they are in conflict. */
export const mergedTree = async (
  room: Room,
  repository: RepositoryRecord,
  base: string,
  head: string,
): Promise<string | undefined> => {
  try {
    const merged = await gitText(room, ["merge-tree", "--write-tree", "--no-messages", base, head], {
      cwd: repositoryPath(room, repository),
    });
    return merged.split("\n")[0];
  } catch {
    // It exits with 1 when the same lines were changed on both sides.
    return undefined;
  }
};

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
