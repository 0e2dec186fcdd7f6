import type { Context } from "../../../kernel/context.ts";
import { actorOf } from "../actor.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { BRANCH } from "./specifiers.ts";

/** A branch that is to be at another commit; undefined stands for no such branch. */
export interface BranchMove {
  readonly branch: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Moves a branch on the Git host, which tells of it as of a push. Throws Conflict when it has been moved meanwhile. */
export const moveBranch = async (
  ctx: Context,
  room: Room,
  repository: RepositoryRecord,
  { branch, before, after }: BranchMove,
): Promise<void> => {
  await ctx.call("git", "MoveReference", {
    ...placeOf(room, repository),
    ref: `${BRANCH}${branch}`,
    before,
    after,
    actor: actorOf(ctx.principal, ctx.partition),
  });
};
