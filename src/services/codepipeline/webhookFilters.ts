import { JSONPath } from "jsonpath-plus";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import type { WebhookRecord } from "./records.ts";

/**
 * Whether what a webhook was sent passes all its filters.
 * https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_WebhookFilterRule.html
 */
export const passesFilters = (
  { definition }: WebhookRecord,
  payload: JsonObject,
  configuration: Readonly<Record<string, string>>,
): boolean =>
  definition.filters.every(({ jsonPath, matchEquals }) => {
    const found = valuesAt(payload, jsonPath);
    if (matchEquals === undefined) return found.length > 0;
    const wanted = withConfiguration(matchEquals, configuration);
    return found.some((value) => String(value) === wanted);
  });

/** AWS: `{Branch}` stands for that member of the action's configuration. */
const withConfiguration = (text: string, configuration: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => configuration[name] ?? whole);

const STEP = /\.([^.[\]]+)|\['([^']+)'\]|\[(\d+)\]/g;

/** Whether a path leads, step by step, to one value. */
const isPlain = (path: string): boolean => path.startsWith("$") && path.slice(1).replace(STEP, "") === "";

/** Names and brackets, which may hold brackets once more. */
const SEARCH = /^\$(?:\.{1,2}(?:[^.[\]()'"\s]+|(?=\[))|\[[^[\]]*(?:\[[^[\]]*\][^[\]]*)*\])+$/;

/** Something for the expressions of a path to be tried on. */
const SAMPLE = { list: [{ name: "value" }] };

/** Whether a path is one that a filter can follow. */
export const isJsonPath = (path: string): boolean => {
  if (isPlain(path)) return true;
  if (!SEARCH.test(path)) return false;
  try {
    search(SAMPLE, path);
    return true;
  } catch {
    // What the library cannot read is no path.
    return false;
  }
};

/** What a path finds: of one that searches (`..`, `*`, `?`), any of it may pass. */
const valuesAt = (payload: JsonObject, path: string): readonly unknown[] => {
  if (!isPlain(path)) return search(payload, path);
  const value = valueAt(payload, path);
  return value === undefined ? [] : [value];
};

const search = (payload: JsonObject, path: string): readonly unknown[] => {
  const found: unknown = JSONPath({ path, json: payload, eval: "safe", wrap: true });
  return Array.isArray(found) ? found : [];
};

/** The value at `$.a.b[0].c` or `$['a']`. */
const valueAt = (payload: JsonValue, path: string): JsonValue | undefined => {
  let value: JsonValue | undefined = payload;
  for (const [, name, quoted, index] of path.matchAll(STEP)) {
    const member = name ?? quoted;
    if (member === undefined) value = Array.isArray(value) ? value[Number(index)] : undefined;
    else value = isJsonObject(value) ? value[member] : undefined;
  }
  return value;
};
