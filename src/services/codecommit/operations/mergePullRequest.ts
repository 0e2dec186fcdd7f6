import type { Context } from "../../../kernel/context.ts";
import { actorOf } from "../actor.ts";
import { evaluate } from "../approvals/evaluate.ts";
import { refusal } from "../errors.ts";
import { sidesOf } from "../git/merging/sides.ts";
import { type MergeInput, type MergeOption, mergeInto } from "../git/merging/writeMerge.ts";
import { BRANCH } from "../git/specifiers.ts";
import { findOpenPull, repositoryOf } from "../pulls/find.ts";
import { keepMerged } from "../pulls/follow.ts";
import { pullView } from "../pulls/view.ts";
import type { Operation, Room } from "../room.ts";

export const mergePullRequestByFastForward =
  (room: Room): Operation<"MergePullRequestByFastForward"> =>
  async (ctx, input) =>
    merged(ctx, room, input, "FAST_FORWARD_MERGE");

export const mergePullRequestBySquash =
  (room: Room): Operation<"MergePullRequestBySquash"> =>
  async (ctx, input) =>
    merged(ctx, room, input, "SQUASH_MERGE");

export const mergePullRequestByThreeWay =
  (room: Room): Operation<"MergePullRequestByThreeWay"> =>
  async (ctx, input) =>
    merged(ctx, room, input, "THREE_WAY_MERGE");

interface Asked extends MergeInput {
  readonly pullRequestId: string;
  readonly repositoryName: string;
  readonly sourceCommitId?: string | undefined;
}

const merged = async (ctx: Context, room: Room, input: Asked, option: MergeOption) => {
  const pull = findOpenPull(room, input.pullRequestId);
  const repository = repositoryOf(room, pull);
  if (repository.name !== input.repositoryName) throw refusal("RepositoryNotAssociatedWithPullRequest");
  if (input.sourceCommitId !== undefined && input.sourceCommitId !== pull.sourceCommit)
    throw refusal("TipOfSourceReferenceIsDifferent");
  if (!evaluate(pull).approved) throw refusal("PullRequestApprovalRulesNotSatisfied");
  const sides = await sidesOf(room, repository, {
    sourceCommitSpecifier: pull.sourceCommit,
    destinationCommitSpecifier: pull.destination,
  });
  // Closed before its destination moves: what follows the branch is not to take it for merged by a push.
  room.tables.pulls.put(pull.number, { ...pull, status: "CLOSED" });
  try {
    const branch = pull.destination.slice(BRANCH.length);
    const { id } = await mergeInto(ctx, room, repository, { branch, sides, option, input });
    const by = actorOf(ctx.principal, ctx.partition);
    const kept = keepMerged(room, { ...pull, destinationCommit: sides.destination }, { by, commitId: id, option });
    return { pullRequest: await pullView(room, kept) };
  } catch (error) {
    if (room.tables.pulls.get(pull.number)?.merged === undefined) room.tables.pulls.put(pull.number, pull);
    throw error;
  }
};
