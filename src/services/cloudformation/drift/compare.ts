import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ResourceReading } from "../../../kernel/resource.ts";
import { sameJson } from "../schema/diff.ts";
import type { PropertyType, ResourceSchema } from "../schema/schema.ts";
import type { DriftRecord } from "./records.ts";

/** What a type's reader says of a resource. */
export type Reading = Pick<ResourceReading, "properties" | "unread">;

/** True when a type's reader gives nothing of a property that the template sets: whether it drifted cannot be told. */
export const isPartial = (expected: JsonObject, { properties, unread }: Reading): boolean =>
  unread === undefined &&
  Object.entries(expected).some(([name, value]) => properties[name] === undefined && !isSecret(value));

/**
 * Where what a service has differs from what the template asked of it.
 *
 * AWS: only properties that the template sets are compared, so that defaults are no drift; the order of lists is none
 * either. A map, such as a function's variables, is compared as a whole: what was added to it is drift.
 */
export const driftBetween = (
  expected: JsonObject,
  { properties, unread }: Reading,
  schema: ResourceSchema | undefined,
): DriftRecord["differences"] => {
  const comparison: Comparison = { schema, found: [] };
  for (const [name, value] of Object.entries(expected)) {
    const there = properties[name];
    if (there === undefined && (unread === undefined || unread.includes(name))) continue;
    compare(value, there, `/${escaped(name)}`, schema?.properties.get(name)?.type, comparison);
  }
  return comparison.found;
};

type Difference = DriftRecord["differences"][number];

interface Comparison {
  readonly schema: ResourceSchema | undefined;
  readonly found: Difference[];
}

const compare = (
  wanted: JsonValue | undefined,
  there: JsonValue | undefined,
  path: string,
  type: PropertyType | undefined,
  comparison: Comparison,
): void => {
  if (wanted === undefined || isSecret(wanted)) return;
  const [expected, actual] = inOneForm(wanted, there);
  if (sameJson(expected, actual) || (isNothing(expected) && isNothing(actual))) return;
  if (isJsonObject(expected) && isJsonObject(actual)) {
    compareMembers(expected, actual, path, type, comparison);
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    compareLists(expected, actual, path, elementOf(type), comparison);
  } else if (!isScalar(expected) || !isScalar(actual) || String(expected) !== String(actual)) {
    comparison.found.push(difference(path, wanted, there));
  }
};

/** Services keep many documents as text that templates may write as structures, and the other way about. */
const inOneForm = (expected: JsonValue, actual: JsonValue | undefined): readonly [JsonValue, JsonValue | undefined] => {
  if (typeof expected === "object" && typeof actual === "string") return [expected, structureOf(actual)];
  if (typeof actual === "object" && typeof expected === "string") return [structureOf(expected), actual];
  return [expected, actual];
};

const structureOf = (text: string): JsonValue => {
  try {
    return JSON.parse(text);
  } catch {
    // Not a document: text it is, and compared as such.
    return text;
  }
};

const compareMembers = (
  expected: JsonObject,
  actual: JsonObject,
  path: string,
  type: PropertyType | undefined,
  comparison: Comparison,
): void => {
  const at = (key: string) => `${path}/${escaped(key)}`;
  for (const [key, value] of Object.entries(expected)) {
    compare(value, actual[key], at(key), memberOf(type, key, comparison), comparison);
  }
  // An object's further members are defaults; a map or a document has none.
  if (!isFree(type)) return;
  for (const [key, value] of Object.entries(actual)) {
    if (expected[key] === undefined && !isNothing(value)) comparison.found.push(difference(at(key), undefined, value));
  }
};

const memberOf = (type: PropertyType | undefined, key: string, { schema }: Comparison): PropertyType | undefined => {
  if (type?.kind === "object") return schema?.definitions(type.definition).get(key)?.type;
  return type?.kind === "map" ? type.element : isFree(type) ? type : undefined;
};

const elementOf = (type: PropertyType | undefined): PropertyType | undefined =>
  type?.kind === "list" ? type.element : isFree(type) ? type : undefined;

const isFree = (type: PropertyType | undefined): boolean =>
  type?.kind === "map" || type?.kind === "json" || (type?.kind === "union" && type.types.some(isFree));

const compareLists = (
  expected: readonly JsonValue[],
  actual: readonly JsonValue[],
  path: string,
  type: PropertyType | undefined,
  comparison: Comparison,
): void => {
  const left = new Map(expected.map((item, index) => [index, item]));
  const extra = new Map(actual.filter((item) => !isSystemTag(item)).map((item, index) => [index, item]));
  for (const [index, item] of left) {
    const match = [...extra].find(([, other]) => isLike(item, other, type, comparison));
    if (match === undefined) continue;
    left.delete(index);
    extra.delete(match[0]);
  }
  for (const [index, item] of left) {
    const [other] = extra;
    if (other !== undefined) extra.delete(other[0]);
    compare(item, other?.[1], `${path}/${index}`, type, comparison);
  }
  for (const [index, item] of extra) comparison.found.push(difference(`${path}/${index}`, undefined, item));
};

const isLike = (
  expected: JsonValue,
  actual: JsonValue,
  type: PropertyType | undefined,
  { schema }: Comparison,
): boolean => {
  const comparison: Comparison = { schema, found: [] };
  compare(expected, actual, "", type, comparison);
  return comparison.found.length === 0;
};

/** What is off, empty or not there is all the same: services leave out what has nothing in it. */
const isNothing = (value: JsonValue | undefined): boolean => {
  if (Array.isArray(value)) return value.length === 0;
  if (isJsonObject(value)) return Object.values(value).every(isNothing);
  return value === undefined || value === null || value === "" || String(value) === "false";
};

/** A name as part of a JSON pointer. */
const escaped = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

const difference = (path: string, expected: JsonValue | undefined, actual: JsonValue | undefined): Difference => ({
  path,
  expected: shown(expected),
  actual: shown(actual),
  type: expected === undefined ? "ADD" : actual === undefined || actual === null ? "REMOVE" : "NOT_EQUAL",
});

const shown = (value: JsonValue | undefined): string =>
  value === undefined ? "null" : typeof value === "string" ? value : JSON.stringify(value);

const isScalar = (value: JsonValue | undefined): boolean => value !== undefined && typeof value !== "object";

/** A dynamic reference stands for what must not be seen. */
const isSecret = (value: JsonValue): boolean => typeof value === "string" && value.includes("{{resolve:");

const isSystemTag = (item: JsonValue): boolean => isJsonObject(item) && String(item["Key"] ?? "").startsWith("aws:");
