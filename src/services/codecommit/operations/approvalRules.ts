import type { Context } from "../../../kernel/context.ts";
import { actorOf } from "../actor.ts";
import { readContent } from "../approvals/content.ts";
import { refusal } from "../errors.ts";
import { MAX_RULES } from "../limits.ts";
import { findOpenPull } from "../pulls/find.ts";
import { keepPull } from "../pulls/keep.ts";
import type { ApprovalRuleRecord, PullRecord } from "../pulls/records.ts";
import { ruleView, sha256Of } from "../pulls/view.ts";
import type { Operation, Room } from "../room.ts";

export const createPullRequestApprovalRule =
  (room: Room): Operation<"CreatePullRequestApprovalRule"> =>
  async (ctx, { pullRequestId, approvalRuleName: name, approvalRuleContent: content }) => {
    const pull = findOpenPull(room, pullRequestId);
    readContent(content);
    if (pull.rules.some((rule) => rule.name === name)) throw refusal("ApprovalRuleNameAlreadyExists");
    if (pull.rules.length >= MAX_RULES) throw refusal("NumberOfRulesExceeded");
    const now = room.clock.now();
    const changedBy = actorOf(ctx.principal, ctx.partition);
    const rule = { id: room.ids.uuid(), name, content, createdAt: now, changedAt: now, changedBy };
    keepRules(ctx, room, pull, [...pull.rules, rule], { rule, done: "Created" });
    return { approvalRule: ruleView(rule) };
  };

export const updatePullRequestApprovalRuleContent =
  (room: Room): Operation<"UpdatePullRequestApprovalRuleContent"> =>
  async (ctx, { pullRequestId, approvalRuleName, newRuleContent: content, existingRuleContentSha256 }) => {
    const pull = findOpenPull(room, pullRequestId);
    const before = findRule(pull, approvalRuleName);
    if (before.template) throw refusal("CannotModifyApprovalRuleFromTemplate");
    if (existingRuleContentSha256 !== undefined && existingRuleContentSha256 !== sha256Of(before.content))
      throw refusal("InvalidRuleContentSha256");
    readContent(content);
    const changedBy = actorOf(ctx.principal, ctx.partition);
    const rule = { ...before, content, changedAt: room.clock.now(), changedBy };
    const rules = pull.rules.map((each) => (each.id === rule.id ? rule : each));
    keepRules(ctx, room, pull, rules, { rule, done: "Updated" });
    return { approvalRule: ruleView(rule) };
  };

/** AWS: one that is not there any more is no failure. */
export const deletePullRequestApprovalRule =
  (room: Room): Operation<"DeletePullRequestApprovalRule"> =>
  async (ctx, { pullRequestId, approvalRuleName }) => {
    const pull = findOpenPull(room, pullRequestId);
    const rule = findRule(pull, approvalRuleName);
    if (rule.template) throw refusal("CannotDeleteApprovalRuleFromTemplate");
    keepRules(
      ctx,
      room,
      pull,
      pull.rules.filter(({ id }) => id !== rule.id),
      { rule, done: "Deleted" },
    );
    return { approvalRuleId: rule.id };
  };

const findRule = ({ rules }: PullRecord, name: string): ApprovalRuleRecord => {
  const found = rules.find((rule) => rule.name === name);
  if (!found) throw refusal("ApprovalRuleDoesNotExist");
  return found;
};

interface RuleChange {
  readonly rule: ApprovalRuleRecord;
  readonly done: "Created" | "Updated" | "Deleted";
}

const TYPES = {
  Created: "PULL_REQUEST_APPROVAL_RULE_CREATED",
  Updated: "PULL_REQUEST_APPROVAL_RULE_UPDATED",
  Deleted: "PULL_REQUEST_APPROVAL_RULE_DELETED",
} as const;

const keepRules = (
  ctx: Context,
  room: Room,
  pull: PullRecord,
  rules: readonly ApprovalRuleRecord[],
  { rule, done }: RuleChange,
): void => {
  const { id, name, content } = rule;
  keepPull(
    room,
    { ...pull, rules },
    {
      type: TYPES[done],
      detail: {
        approvalRuleEventMetadata: { approvalRuleId: id, approvalRuleName: name, approvalRuleContent: content },
      },
      event: `pullRequestApprovalRule${done}`,
      words: done,
      actor: actorOf(ctx.principal, ctx.partition),
      more: { approvalRuleContentSha256: sha256Of(content), approvalRuleId: id, approvalRuleName: name },
    },
  );
};
