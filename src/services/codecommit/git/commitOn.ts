import { type Writer, writeCommit } from "../../../engines/git/write.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { type Refusal, refusal } from "../errors.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { moveBranch } from "./moveBranch.ts";

/** A commit to be made on a branch. */
export interface CommitOn {
  readonly branch: string;
  /** Where the branch is; undefined for one that is new. */
  readonly head: string | undefined;
  readonly tree: string;
  /** Beside the head, or in its place. */
  readonly parents?: readonly string[];
  readonly message: string;
  readonly author: Writer;
  /** What it is that a branch moved meanwhile makes impossible. */
  readonly whenMoved: Refusal;
}

/** Makes the commit and moves the branch to it; gives its id. */
export const commitOn = async (
  ctx: Context,
  room: Room,
  repository: RepositoryRecord,
  { branch, head, tree, parents, message, author, whenMoved }: CommitOn,
): Promise<string> => {
  const id = await writeCommit(room, placeOf(room, repository), {
    tree,
    parents: parents ?? (head === undefined ? [] : [head]),
    message,
    author,
    committer: author,
  });
  try {
    await moveBranch(ctx, room, repository, { branch, before: head, after: id });
  } catch (error) {
    throw errorCode(error) === "Conflict" ? refusal(whenMoved) : error;
  }
  return id;
};
