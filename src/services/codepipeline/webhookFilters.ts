import { isJsonObject, type JsonValue } from "../../kernel/json.ts";
import type { WebhookRecord } from "./records.ts";

/**
 * Whether what a webhook was sent passes all its filters.
 * https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_WebhookFilterRule.html
 */
export const passesFilters = (
  { definition }: WebhookRecord,
  payload: JsonValue,
  configuration: Readonly<Record<string, string>>,
): boolean =>
  definition.filters.every(({ jsonPath, matchEquals }) => {
    const found = valueAt(payload, jsonPath);
    if (matchEquals === undefined) return found !== undefined;
    return found !== undefined && String(found) === withConfiguration(matchEquals, configuration);
  });

/** AWS: `{Branch}` stands for that member of the action's configuration. */
const withConfiguration = (text: string, configuration: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => configuration[name] ?? whole);

const STEP = /\.([^.[\]]+)|\['([^']+)'\]|\[(\d+)\]/g;

/** Whether a path is one that a filter can follow. */
export const isJsonPath = (path: string): boolean => path.startsWith("$") && path.slice(1).replace(STEP, "") === "";

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
