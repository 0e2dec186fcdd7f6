import { actorOf } from "../actor.ts";
import { evaluate } from "../approvals/evaluate.ts";
import { refusal } from "../errors.ts";
import { checkRevision, findOpenPull, findPull } from "../pulls/find.ts";
import { keepPull } from "../pulls/keep.ts";
import type { Operation, Room } from "../room.ts";

export const updatePullRequestApprovalState =
  (room: Room): Operation<"UpdatePullRequestApprovalState"> =>
  async (ctx, { pullRequestId, revisionId, approvalState }) => {
    const pull = findOpenPull(room, pullRequestId);
    checkRevision(pull, revisionId);
    const userArn = actorOf(ctx.principal, ctx.partition);
    if (userArn === pull.author) throw refusal("PullRequestCannotBeApprovedByAuthor");
    const others = pull.approvals.filter((approval) => approval.userArn !== userArn);
    const approvals = approvalState === "APPROVE" ? [...others, { userArn, revisionId }] : others;
    keepPull(
      room,
      { ...pull, approvals },
      {
        type: "PULL_REQUEST_APPROVAL_STATE_CHANGED",
        detail: { approvalStateChangedEventMetadata: { revisionId, approvalStatus: approvalState } },
        event: "pullRequestApprovalStateChanged",
        words: "Updated",
        actor: userArn,
        more: { approvalStatus: approvalState },
      },
    );
    return {};
  };

export const getPullRequestApprovalStates =
  (room: Room): Operation<"GetPullRequestApprovalStates"> =>
  async (_ctx, { pullRequestId, revisionId }) => {
    const approvals = findPull(room, pullRequestId).approvals.filter((approval) => approval.revisionId === revisionId);
    return { approvals: approvals.map(({ userArn }) => ({ userArn, approvalState: "APPROVE" as const })) };
  };

export const evaluatePullRequestApprovalRules =
  (room: Room): Operation<"EvaluatePullRequestApprovalRules"> =>
  async (_ctx, { pullRequestId, revisionId }) => {
    const pull = findPull(room, pullRequestId);
    checkRevision(pull, revisionId);
    return { evaluation: evaluate(pull) };
  };

export const overridePullRequestApprovalRules =
  (room: Room): Operation<"OverridePullRequestApprovalRules"> =>
  async (ctx, { pullRequestId, revisionId, overrideStatus }) => {
    const pull = findOpenPull(room, pullRequestId);
    checkRevision(pull, revisionId);
    const { overriddenBy, ...bare } = pull;
    const isSet = overrideStatus === "OVERRIDE";
    if (isSet === (overriddenBy !== undefined)) throw refusal("OverrideAlreadySet");
    const actor = actorOf(ctx.principal, ctx.partition);
    keepPull(room, isSet ? { ...bare, overriddenBy: actor } : bare, {
      type: "PULL_REQUEST_APPROVAL_RULE_OVERRIDDEN",
      detail: { approvalRuleOverriddenEventMetadata: { revisionId, overrideStatus } },
      event: "pullRequestApprovalRuleOverridden",
      words: "Updated",
      actor,
      more: { overrideStatus },
    });
    return {};
  };

export const getPullRequestOverrideState =
  (room: Room): Operation<"GetPullRequestOverrideState"> =>
  async (_ctx, { pullRequestId, revisionId }) => {
    const pull = findPull(room, pullRequestId);
    checkRevision(pull, revisionId);
    const { overriddenBy: overrider } = pull;
    return { overridden: overrider !== undefined, ...(overrider === undefined ? {} : { overrider }) };
  };
