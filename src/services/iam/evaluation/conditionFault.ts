import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { parseOperatorName } from "./conditions.ts";
import { isList, scalars } from "./document.ts";
import { operatorNamed } from "./operators.ts";

/** Tells what IAM finds wrong with a `Condition` element. */
export const conditionFault = (element: JsonValue | undefined): string | undefined => {
  if (element === undefined) return undefined;
  if (!isJsonObject(element)) return "Syntax errors in policy.";
  const operators = Object.entries(element);
  if (!operators.every(([name, keys]) => isOperator(name, keys))) return "Syntax errors in policy.";
  // AWS: a date or number that is none passes the grammar and fails its older parser.
  return operators.every(([name, keys]) => hasReadableValues(name, keys))
    ? undefined
    : "The policy failed legacy parsing";
};

const isOperator = (name: string, keys: JsonValue): boolean => {
  if (!isJsonObject(keys)) return false;
  if (Object.keys(keys).length === 0) return true;
  return parseOperatorName(name) !== undefined && Object.values(keys).every(isConditionValue);
};

const isConditionValue = (value: JsonValue): boolean => (isList(value) ? value.every(isScalar) : isScalar(value));

const isScalar = (value: JsonValue): boolean => ["string", "number", "boolean"].includes(typeof value);

const hasReadableValues = (name: string, keys: JsonValue): boolean => {
  const operator = operatorNamed(parseOperatorName(name)?.base ?? "");
  if (operator === undefined || !isJsonObject(keys)) return true;
  return Object.values(keys)
    .flatMap(scalars)
    .every((value) => operator.accepts(value));
};
