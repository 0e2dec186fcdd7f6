import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { validationError } from "./errors.ts";

/** What an update does to a resource, as stack policies name it. */
export type PolicyAction = "Modify" | "Replace" | "Delete";

/** A stack policy's statement. */
interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly RegExp[];
  readonly notActions: boolean;
  readonly resources: readonly RegExp[];
  readonly notResources: boolean;
  /** The resource types it is about; undefined for all. */
  readonly types: readonly RegExp[] | undefined;
}

/** A policy that says which resources of its stack an update may touch. */
export type StackPolicy = readonly Statement[];

/**
 * Reads a stack policy.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export const readStackPolicy = (text: string): StackPolicy => {
  const statements = statementsIn(text);
  if (statements === undefined)
    throw invalid("the policy must be a JSON object with a list of statements under Statement");
  return statements.map(readStatement);
};

/** Refuses a policy that names resources which its stack does not have. */
export const checkStackPolicy = (text: string, logicalIds: ReadonlySet<string>): void => {
  readStackPolicy(text);
  for (const statement of statementsIn(text) ?? []) {
    for (const resource of [...texts(statement["Resource"]), ...texts(statement["NotResource"])]) {
      const name = resource.replace(/^LogicalResourceId\//, "");
      if (/[*?]/.test(name) || logicalIds.has(name)) continue;
      throw validationError(
        `Error validating stack policy: Unknown logical id '${resource}' in statement ${JSON.stringify(statement)}`,
      );
    }
  }
};

/** Throws when a policy does not let an update do something to a resource. */
export const permitByPolicy = (policy: StackPolicy, logicalId: string, type: string, action: PolicyAction): void => {
  const matching = [...policy.entries()].filter(([, statement]) => matches(statement, logicalId, type, action));
  const denying = matching.filter(([, { effect }]) => effect === "Deny");
  if (denying.length === 0 && matching.length > 0) return;
  // AWS: once a stack has a policy, what no statement allows is denied.
  const numbers = (denying.length > 0 ? denying : [...policy.entries()]).map(([index]) => index + 1);
  const sentences = numbers.map(
    (number) =>
      `Statement [#${number}] does not allow [Update:${action}] for resource [LogicalResourceId/${logicalId}]`,
  );
  throw validationError(`Action denied by stack policy: ${sentences.join("; ")}`);
};

const matches = (statement: Statement, logicalId: string, type: string, action: PolicyAction): boolean =>
  statement.actions.some((pattern) => pattern.test(`Update:${action}`)) !== statement.notActions &&
  statement.resources.some((pattern) => pattern.test(`LogicalResourceId/${logicalId}`)) !== statement.notResources &&
  (statement.types === undefined || statement.types.some((pattern) => pattern.test(type)));

const statementsIn = (text: string): readonly JsonObject[] | undefined => {
  try {
    const body: JsonValue = JSON.parse(text);
    const statement = isJsonObject(body) ? body["Statement"] : undefined;
    const list: readonly JsonValue[] = Array.isArray(statement)
      ? statement
      : statement === undefined
        ? []
        : [statement];
    const objects = list.filter(isJsonObject);
    return objects.length === list.length && objects.length > 0 ? objects : undefined;
  } catch {
    // Not JSON: the caller says so.
    return undefined;
  }
};

const ACTIONS = new Set(["Update:Modify", "Update:Replace", "Update:Delete", "Update:*"]);

const readStatement = (statement: JsonObject, index: number): Statement => {
  const where = `statement [#${index + 1}]`;
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw invalid(`${where} must have an Effect of Allow or Deny`);
  if (statement["Principal"] !== "*") throw invalid(`${where} must have the Principal *`);
  const actions = oneOf(statement, "Action", "NotAction", where);
  const unknown = actions.values.find((action) => !ACTIONS.has(action));
  if (unknown !== undefined) throw invalid(`${where} has the unknown action ${unknown}`);
  const resources = oneOf(statement, "Resource", "NotResource", where);
  return {
    effect,
    actions: actions.values.map(pattern),
    notActions: actions.isNot,
    resources: resources.values.map(pattern),
    notResources: resources.isNot,
    types: typesOf(statement["Condition"], where),
  };
};

const oneOf = (statement: JsonObject, key: string, notKey: string, where: string) => {
  const isNot = statement[notKey] !== undefined;
  if (isNot === (statement[key] !== undefined)) throw invalid(`${where} must have one of ${key} and ${notKey}`);
  const values = texts(statement[isNot ? notKey : key]);
  if (values.length === 0) throw invalid(`${where} must have a text or a list of texts under ${isNot ? notKey : key}`);
  return { isNot, values };
};

/** AWS: conditions ask of nothing but the resource's type. */
const typesOf = (condition: JsonValue | undefined, where: string): readonly RegExp[] | undefined => {
  if (condition === undefined) return undefined;
  const entries = isJsonObject(condition) ? Object.entries(condition) : [];
  const types = entries.flatMap(([operator, test]) =>
    (operator === "StringEquals" || operator === "StringLike") && isJsonObject(test)
      ? texts(test["ResourceType"]).map(operator === "StringLike" ? pattern : literal)
      : [],
  );
  if (types.length === 0) throw invalid(`${where} must ask in its Condition for a ResourceType`);
  return types;
};

const texts = (value: JsonValue | undefined): readonly string[] =>
  [value].flat().filter((item): item is string => typeof item === "string");

const pattern = (text: string): RegExp =>
  new RegExp(`^${escaped(text).replaceAll("\\*", ".*").replaceAll("\\?", ".")}$`, "s");

const literal = (text: string): RegExp => new RegExp(`^${escaped(text)}$`, "s");

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const invalid = (why: string) => validationError(`Error validating stack policy: ${why}`);
