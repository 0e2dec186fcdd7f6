import { mergeBase } from "../../../engines/git/commits.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import { refusal } from "../errors.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { BRANCH, commitAt, isCommitId, isReferenceName } from "./specifiers.ts";

/**
 * Where a branch is that a commit is to be put on; undefined in a repository without branches, whose first it becomes.
 * Throws unless the caller knows where the branch is.
 */
export const branchHead = async (
  room: Room,
  repository: RepositoryRecord,
  branch: string,
  parent: string | undefined,
): Promise<string | undefined> => {
  if (!isReferenceName(branch)) throw refusal("InvalidBranchName");
  if (parent !== undefined && !isCommitId(parent)) throw refusal("InvalidParentCommitId");
  const refs = await refsOf(room, placeOf(room, repository));
  const head = refs.get(`${BRANCH}${branch}`);
  if (head === undefined) {
    if (refs.has(`refs/tags/${branch}`)) throw refusal("BranchNameIsTagName");
    if ([...refs.keys()].some((ref) => ref.startsWith(BRANCH))) throw refusal("BranchDoesNotExist");
    if (parent !== undefined) throw refusal("ParentCommitDoesNotExist");
    return undefined;
  }
  if (parent === undefined) throw refusal("ParentCommitIdRequired");
  if (parent !== head) throw refusal(await whyNot(room, repository, parent, head));
  return head;
};

const whyNot = async (room: Room, repository: RepositoryRecord, parent: string, head: string) => {
  const isThere = (await commitAt(room, repository, parent)) !== undefined;
  const isEarlier = isThere && (await mergeBase(room, placeOf(room, repository), parent, head)) === parent;
  return isEarlier ? "ParentCommitIdOutdated" : "ParentCommitDoesNotExist";
};
