import type { JsonObject } from "../../../kernel/json.ts";
import { actionFault } from "./actionFault.ts";
import { conditionFault } from "./conditionFault.ts";
import { isTexts, parsed, statementList, texts, VERSION_2008, VERSION_2012 } from "./document.ts";
import { resourceFault } from "./resourceFault.ts";

/** What the policy is for: managed policies (boundaries too) are stricter about their version than inline and session ones. */
export type IdentityPolicyKind = "managed" | "inline" | "session";

/**
 * Tells what IAM finds wrong with an identity's policy, in the words of its MalformedPolicyDocument; undefined when nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const identityPolicyFault = (text: string, kind: IdentityPolicyKind): string | undefined => {
  const document = parsed(text);
  if (document && /^\s/.test(text)) return LEADING_SPACES;
  const statements = document && statementList(document);
  if (!document || !statements || !hasKnownTop(document)) return SYNTAX;
  if (statements.some((statement) => "Principal" in statement || "NotPrincipal" in statement)) {
    return "Policy document should not specify a principal.";
  }
  if (!statements.every(isWellFormed)) return SYNTAX;
  // AWS: CreatePolicy insists on the current version, inline policies may still be of the first.
  if (kind === "managed" && document["Version"] !== VERSION_2012) {
    return "Policy document must be version 2012-10-17 or greater.";
  }
  if (!statements.every(({ Effect }) => Effect === "Allow" || Effect === "Deny")) return LEGACY;
  return (
    sidFault(statements) ??
    first(statements, (statement) => emptyFault(statement, "Action", "Policy statement must contain actions.")) ??
    first(statements, (statement) => emptyFault(statement, "Resource", "Policy statement must contain resources.")) ??
    first(statements, ({ Action, NotAction }) => first(texts(NotAction ?? Action), actionFault)) ??
    first(statements, ({ Resource, NotResource }) => first(texts(NotResource ?? Resource), resourceFault)) ??
    first(statements, ({ Condition }) => conditionFault(Condition))
  );
};

/** AWS's words for a document that does not begin at once; what is no JSON is told first. */
export const LEADING_SPACES = "JSON strings must not have leading spaces";
const SYNTAX = "Syntax errors in policy.";
const LEGACY = "The policy failed legacy parsing";

const TOP = new Set(["Version", "Id", "Statement"]);
const STATEMENT = new Set(["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"]);

/** The first fault found in a list. */
export const first = <T>(items: readonly T[], fault: (item: T) => string | undefined): string | undefined => {
  for (const item of items) {
    const found = fault(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

const hasKnownTop = (document: JsonObject): boolean => {
  const { Version, Id } = document;
  return (
    Object.keys(document).every((key) => TOP.has(key)) &&
    (Version === undefined || Version === VERSION_2008 || Version === VERSION_2012) &&
    (Id === undefined || typeof Id === "string")
  );
};

const isWellFormed = (statement: JsonObject): boolean => {
  const { Sid, Effect, Condition } = statement;
  return (
    Object.keys(statement).every((key) => STATEMENT.has(key)) &&
    (Sid === undefined || typeof Sid === "string") &&
    typeof Effect === "string" &&
    /^(allow|deny)$/i.test(Effect) &&
    !("Action" in statement && "NotAction" in statement) &&
    !("Resource" in statement && "NotResource" in statement) &&
    ["Action", "NotAction", "Resource", "NotResource"].every((key) => isTexts(statement[key])) &&
    conditionFault(Condition) !== SYNTAX
  );
};

const sidFault = (statements: readonly JsonObject[]): string | undefined => {
  const sids = statements.flatMap(({ Sid }) => (typeof Sid === "string" && Sid !== "" ? [Sid] : []));
  if (new Set(sids).size < sids.length) return "Statement IDs (SID) in a single policy must be unique.";
  if (sids.every((sid) => /^[0-9A-Za-z]*$/.test(sid))) return undefined;
  return "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";
};

const emptyFault = (statement: JsonObject, name: "Action" | "Resource", fault: string): string | undefined =>
  texts(statement[`Not${name}`] ?? statement[name]).length === 0 ? fault : undefined;
