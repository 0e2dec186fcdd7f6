import type { MessageRecord, SubscriptionRecord } from "../records.ts";

/** Whether a subscription's filter policy lets a message through. https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export const passesFilter = ({ attributes }: SubscriptionRecord, message: MessageRecord): boolean => {
  const text = attributes["FilterPolicy"];
  if (text === undefined || text === "" || text === "{}") return true;
  const policy: Policy = JSON.parse(text);
  if (attributes["FilterPolicyScope"] === "MessageBody") {
    const body = parsed(message.message);
    return body !== undefined && matches(policy, body);
  }
  return matches(policy, attributeValues(message));
};

type Policy = Readonly<Record<string, unknown>>;

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // AWS: a body that is no JSON does not match.
    return undefined;
  }
};

const attributeValues = ({ attributes }: MessageRecord): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [
      name,
      type === "Number" ? Number(value) : type === "String.Array" ? JSON.parse(value) : value,
    ]),
  );

const matches = (policy: Policy, value: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(policy).every(([name, condition]) => {
    if (name === "$or" && Array.isArray(condition))
      return condition.some((each) => isObject(each) && matches(each, value));
    const field = Object.hasOwn(value, name) ? value[name] : undefined;
    if (Array.isArray(condition)) return condition.some((rule) => ruleMatches(rule, field));
    return isObject(condition) && isObject(field) && matches(condition, field);
  });

const ruleMatches = (rule: unknown, field: unknown): boolean => {
  if (Array.isArray(field)) return field.some((item) => ruleMatches(rule, item));
  if (!isObject(rule)) return field === rule;
  const [operator, operand] = Object.entries(rule)[0] ?? [];
  switch (operator) {
    case "exists":
      return (field !== undefined) === operand;
    case "prefix":
      return typeof field === "string" && field.startsWith(String(operand));
    case "suffix":
      return typeof field === "string" && field.endsWith(String(operand));
    case "equals-ignore-case":
      return typeof field === "string" && field.toLowerCase() === String(operand).toLowerCase();
    case "anything-but":
      return (
        field !== undefined && !(Array.isArray(operand) ? operand : [operand]).some((each) => ruleMatches(each, field))
      );
    case "numeric":
      return typeof field === "number" && Array.isArray(operand) && numericMatches(operand, field);
    default:
      return false;
  }
};

/** `[">=", 1, "<", 5]` */
const numericMatches = (terms: readonly unknown[], value: number): boolean => {
  for (let index = 0; index < terms.length; index += 2) {
    const compares = COMPARISONS[String(terms[index])];
    if (!compares?.(value, Number(terms[index + 1]))) return false;
  }
  return terms.length > 0;
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
