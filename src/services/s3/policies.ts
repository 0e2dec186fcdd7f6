import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { listOf } from "../../kernel/publicPolicy.ts";
import { malformedPolicy } from "./errors.ts";

/** A bucket policy, checked as S3 checks it. Throws MalformedPolicy. */
export const parsePolicy = (text: string, bucket: string): JsonObject => {
  if (!text.startsWith("{")) throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  const policy = parse(text);
  if (!isJsonObject(policy)) throw malformedPolicy("This policy contains invalid Json");
  for (const key of Object.keys(policy)) {
    if (!["Version", "Id", "Statement"].includes(key)) throw malformedPolicy(`Unknown field ${key}`);
  }
  const { Version } = policy;
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
    throw malformedPolicy("The policy must contain a valid version string");
  }
  const statements = listOf(policy["Statement"]);
  if (statements.length === 0) throw malformedPolicy("Missing required field Statement");
  for (const statement of statements) checkStatement(statement, bucket);
  return policy;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedPolicy("This policy contains invalid Json");
  }
};

const checkStatement = (statement: JsonValue, bucket: string): void => {
  if (!isJsonObject(statement)) throw malformedPolicy("Statement must be an object");
  const { Effect } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") throw malformedPolicy(`Invalid effect: ${String(Effect ?? "")}`);
  if (!("Principal" in statement) && !("NotPrincipal" in statement)) {
    throw malformedPolicy("Missing required field Principal");
  }
  // AWS: it would let in everybody else. The words are ours.
  if (Effect === "Allow" && "NotPrincipal" in statement)
    throw malformedPolicy("Allow with NotPrincipal is not allowed.");
  checkActions(statement);
  checkResources(statement, bucket);
};

const checkActions = (statement: JsonObject): void => {
  const actions = listOf(statement["Action"] ?? statement["NotAction"]);
  if (actions.length === 0) throw malformedPolicy("Missing required field Action");
  const valid = actions.every((action) => typeof action === "string" && /^(?:s3:[A-Za-z*?]+|\*)$/i.test(action));
  if (!valid) throw malformedPolicy("Policy has invalid action");
};

const checkResources = (statement: JsonObject, bucket: string): void => {
  const resources = listOf(statement["Resource"] ?? statement["NotResource"]);
  if (resources.length === 0) throw malformedPolicy("Missing required field Resource");
  const own = new RegExp(`^(?:\\*|arn:aws[a-z-]*:s3:::(?:\\*|${escapeRegExp(bucket)}(?:[/*?].*)?|[^/]*[*?].*))$`, "s");
  const valid = resources.every((resource) => typeof resource === "string" && own.test(resource));
  if (!valid) throw malformedPolicy("Policy has invalid resource");
};

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
