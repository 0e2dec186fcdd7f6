import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { conditionFault } from "./conditionFault.ts";
import { isTexts, parsed, statementList, texts, VERSION_2008, VERSION_2012 } from "./document.ts";
import { first, LEADING_SPACES } from "./validate.ts";

/**
 * Tells what AWS finds wrong with a policy attached to a resource, a role's trust policy among them; undefined when nothing.
 * Whether the principals it names exist is for the caller to see.
 */
export const resourcePolicyFault = (text: string, kind: "trust" | "resource"): string | undefined => {
  const document = parsed(text);
  if (!document) return "This policy contains invalid Json";
  if (/^\s/.test(text)) return LEADING_SPACES;
  const { Version } = document;
  if (Version !== undefined && Version !== VERSION_2008 && Version !== VERSION_2012) {
    return "The policy must contain a valid version string";
  }
  const statements = statementList(document);
  if (!statements) return "Could not parse the policy: Statement is empty!";
  const fault = first(statements, (statement) => statementFault(statement, kind));
  if (fault !== undefined) return fault;
  const sids = statements.flatMap(({ Sid }) => (typeof Sid === "string" && Sid !== "" ? [Sid] : []));
  return new Set(sids).size < sids.length ? "The Statement Ids in the policy are not unique" : undefined;
};

/** The `AWS` principals a policy names, for the caller to check that they exist. */
export const namedPrincipals = (document: JsonObject): readonly string[] =>
  (statementList(document) ?? []).flatMap(({ Principal, NotPrincipal }) => {
    const element = Principal ?? NotPrincipal;
    return isJsonObject(element) ? texts(element["AWS"]) : [];
  });

const SYNTAX = "Syntax error in policy.";

const statementFault = (statement: JsonObject, kind: "trust" | "resource"): string | undefined => {
  const { Effect, Condition, Sid } = statement;
  if (Effect === undefined) return "Missing required field Effect";
  if (Effect !== "Allow" && Effect !== "Deny") return `Invalid effect: ${String(Effect)}`;
  if (Sid !== undefined && typeof Sid !== "string") return SYNTAX;
  return (
    principalFault(statement, kind) ??
    (conditionFault(Condition) === undefined ? undefined : SYNTAX) ??
    actionsFault(statement, kind) ??
    resourcesFault(statement, kind)
  );
};

const principalFault = (statement: JsonObject, kind: "trust" | "resource"): string | undefined => {
  const { Principal, NotPrincipal, Effect } = statement;
  if (NotPrincipal !== undefined) {
    if (Effect === "Allow") return "Allow with NotPrincipal is not allowed.";
    if (kind === "trust") return "AssumeRole policy must not contain NotPrincipal field.";
  }
  if (Principal !== undefined && NotPrincipal !== undefined) return SYNTAX;
  const element = Principal ?? NotPrincipal;
  if (element === undefined) return "Missing required field Principal";
  return element === "*" ? undefined : principalMapFault(element);
};

const PRINCIPAL_TYPES = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);
const AWS_PRINCIPAL = /^(\*|\d{12}|arn:[^:]+:(iam|sts)::(\d{12}|cloudfront):[^*?]+|A[A-Z0-9]{15,})$/;

const principalMapFault = (element: JsonValue): string | undefined => {
  if (!isJsonObject(element)) return "Principal must be a JSON object.";
  if (Object.keys(element).length === 0) return "Missing required field Principal cannot be empty!";
  for (const [type, names] of Object.entries(element)) {
    if (!PRINCIPAL_TYPES.has(type)) return `Invalid principal in policy: "${type}"`;
    if (!isTexts(names)) return SYNTAX;
    const wrong = type === "AWS" ? texts(names).find((name) => !AWS_PRINCIPAL.test(name)) : undefined;
    if (wrong !== undefined) return invalidPrincipal(wrong);
  }
  return undefined;
};

/** AWS's words for an `AWS` principal that is malformed or does not exist. */
export const invalidPrincipal = (name: string): string => `Invalid principal in policy: "AWS":"${name}"`;

const actionsFault = (statement: JsonObject, kind: "trust" | "resource"): string | undefined => {
  const { Action, NotAction } = statement;
  if (Action !== undefined && NotAction !== undefined) return SYNTAX;
  const element = NotAction ?? Action;
  if (!isTexts(element)) return SYNTAX;
  const actions = texts(element);
  if (actions.length === 0) return "Missing required field Action";
  if (kind === "trust" && !actions.every((action) => /^sts:/i.test(action))) {
    return "AssumeRole policy may only specify STS AssumeRole actions.";
  }
  return undefined;
};

const resourcesFault = (statement: JsonObject, kind: "trust" | "resource"): string | undefined => {
  const { Resource, NotResource } = statement;
  if (kind === "trust") {
    if (Resource !== undefined) return "Has prohibited field Resource";
    return NotResource === undefined ? undefined : "AssumeRole policy must not contain resources.";
  }
  if (Resource !== undefined && NotResource !== undefined) return SYNTAX;
  const element = NotResource ?? Resource;
  if (!isTexts(element)) return SYNTAX;
  return texts(element).length === 0 ? "Missing required field Resource" : undefined;
};
