import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { DriftRecord } from "../records.ts";
import { sameJson } from "../schema/diff.ts";

/** True when a type's reader gives nothing of a property that the template sets: whether it drifted cannot be told. */
export const isPartial = (expected: JsonObject, actual: JsonObject): boolean =>
  Object.entries(expected).some(([name, value]) => actual[name] === undefined && !isSecret(value));

/**
 * Where what a service has differs from what the template asked of it.
 *
 * AWS: only properties that the template sets are compared, so that defaults are no drift; the order of lists is none
 * either. Differs: a property that a type's reader does not give is not compared.
 */
export const driftBetween = (expected: JsonObject, actual: JsonObject): DriftRecord["differences"] => {
  const differences: Mutable[] = [];
  for (const [name, value] of Object.entries(expected)) {
    const there = actual[name];
    if (there !== undefined) compare(value, there, `/${name}`, differences);
  }
  return differences;
};

type Mutable = DriftRecord["differences"][number];

const compare = (
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
  path: string,
  found: Mutable[],
): void => {
  if (expected === undefined || isSecret(expected) || sameJson(expected, actual)) return;
  if (isJsonObject(expected) && isJsonObject(actual)) {
    for (const [key, value] of Object.entries(expected)) compare(value, actual[key], `${path}/${key}`, found);
    return;
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    compareLists(expected, actual, path, found);
    return;
  }
  const isSame = isScalar(expected) && isScalar(actual) && String(expected) === String(actual);
  if (!isSame) found.push(difference(path, expected, actual));
};

const compareLists = (
  expected: readonly JsonValue[],
  actual: readonly JsonValue[],
  path: string,
  found: Mutable[],
): void => {
  const left = new Map(expected.map((item, index) => [index, item]));
  const extra = new Map(actual.filter((item) => !isSystemTag(item)).map((item, index) => [index, item]));
  for (const [index, item] of left) {
    const match = [...extra].find(([, other]) => isLike(item, other));
    if (match === undefined) continue;
    left.delete(index);
    extra.delete(match[0]);
  }
  for (const [index, item] of left) {
    const [other] = extra;
    if (other !== undefined) extra.delete(other[0]);
    compare(item, other?.[1], `${path}/${index}`, found);
  }
  for (const [index, item] of extra) found.push(difference(`${path}/${index}`, undefined, item));
};

const isLike = (expected: JsonValue, actual: JsonValue): boolean => {
  const found: Mutable[] = [];
  compare(expected, actual, "", found);
  return found.length === 0;
};

const difference = (path: string, expected: JsonValue | undefined, actual: JsonValue | undefined): Mutable => ({
  path,
  expected: shown(expected),
  actual: shown(actual),
  type: expected === undefined ? "ADD" : actual === undefined ? "REMOVE" : "NOT_EQUAL",
});

const shown = (value: JsonValue | undefined): string =>
  value === undefined ? "null" : typeof value === "string" ? value : JSON.stringify(value);

const isScalar = (value: JsonValue | undefined): boolean => value !== undefined && typeof value !== "object";

/** A dynamic reference stands for what must not be seen. */
const isSecret = (value: JsonValue): boolean => typeof value === "string" && value.includes("{{resolve:");

const isSystemTag = (item: JsonValue): boolean => isJsonObject(item) && String(item["Key"] ?? "").startsWith("aws:");
