import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { type Refusal, refusal } from "../errors.ts";

/** How many of which people must approve. */
export interface Statement {
  readonly needed: number;
  /** Patterns; absent: anybody. */
  readonly pool?: readonly string[];
}

/** What the content of an approval rule, or of a template for some, says. */
export interface RuleContent {
  /** Absent: of all branches. */
  readonly destinations?: readonly string[];
  readonly statements: readonly Statement[];
}

const VERSION = "2018-11-08";

/** Reads the JSON of a rule. Throws for what is none: https://docs.aws.amazon.com/codecommit/latest/APIReference/API_CreatePullRequestApprovalRule.html */
export const readContent = (text: string, otherwise: Refusal = "InvalidApprovalRuleContent"): RuleContent => {
  const content = parsed(text);
  const statements = isJsonObject(content) && content["Version"] === VERSION ? content["Statements"] : undefined;
  if (!isJsonObject(content) || !Array.isArray(statements) || statements.length === 0) throw refusal(otherwise);
  const destinations = content["DestinationReferences"];
  if (destinations !== undefined && !areTexts(destinations)) throw refusal(otherwise);
  return {
    ...(destinations === undefined ? {} : { destinations }),
    statements: statements.map((statement) => statementOf(statement, otherwise)),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is refused like JSON of another form.
    return undefined;
  }
};

const areTexts = (value: JsonValue): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

const statementOf = (statement: JsonValue, otherwise: Refusal): Statement => {
  if (!isJsonObject(statement) || statement["Type"] !== "Approvers") throw refusal(otherwise);
  const { NumberOfApprovalsNeeded: needed, ApprovalPoolMembers: pool } = statement;
  if (typeof needed !== "number" || !Number.isInteger(needed) || needed < 1) throw refusal(otherwise);
  if (pool === undefined) return { needed };
  if (!areTexts(pool) || !pool.every(isMember)) throw refusal(otherwise);
  return { needed, pool };
};

const isMember = (member: string): boolean =>
  /^(?:arn:[^:]+:(?:iam|sts)::\d{12}:.+|CodeCommitApprovers:\d{12}:.+)$/.test(member);
