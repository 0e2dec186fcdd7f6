import type { ApprovalRuleRecord, PullRecord } from "../pulls/records.ts";
import { readContent, type Statement } from "./content.ts";
import { isInPool } from "./pool.ts";

/** Whether a pull request may be merged, and which of its rules say so. */
export const evaluate = (pull: PullRecord) => {
  const satisfied = pull.rules.filter((rule) => isSatisfied(pull, rule));
  const overridden = pull.overriddenBy !== undefined;
  return {
    approved: overridden || satisfied.length === pull.rules.length,
    overridden,
    approvalRulesSatisfied: satisfied.map(({ name }) => name),
    approvalRulesNotSatisfied: pull.rules.filter((rule) => !satisfied.includes(rule)).map(({ name }) => name),
  };
};

const isSatisfied = (pull: PullRecord, { content }: ApprovalRuleRecord): boolean =>
  readContent(content).statements.every((statement) => approvalsOf(pull, statement) >= statement.needed);

const approvalsOf = ({ approvals, revisionId }: PullRecord, { pool }: Statement): number =>
  approvals.filter((approval) => approval.revisionId === revisionId && isInPool(approval.userArn, pool)).length;
