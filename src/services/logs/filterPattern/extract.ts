import { isJsonObject } from "../../../kernel/json.ts";
import { columnNames, columnsOf } from "./columns.ts";

/** What a selector such as `$.latency`, `$bytes` or `$3` finds in a message under a pattern; undefined when nothing. */
export const valueIn = (pattern: string, message: string, selector: string): string | undefined => {
  if (pattern.trim().startsWith("{")) return jsonValue(message, selector);
  return namedColumns(pattern, message).find(([name]) => name === selector)?.[1];
};

/** The columns of a message by the pattern's names, or the fields a JSON pattern speaks of: what TestMetricFilter shows. */
export const extractedValues = (pattern: string, message: string): Readonly<Record<string, string>> => {
  const text = pattern.trim();
  if (text.startsWith("[")) return Object.fromEntries(namedColumns(text, message));
  if (!text.startsWith("{")) return {};
  const selectors = [...text.matchAll(/\$(?:\.[\w-]+|\[[^\]]+\])+/g)].map(([selector]) => selector);
  return Object.fromEntries(
    selectors.flatMap((selector): [string, string][] => {
      const value = jsonValue(message, selector);
      return value === undefined ? [] : [[selector, value]];
    }),
  );
};

const namedColumns = (pattern: string, message: string): readonly (readonly [string, string])[] => {
  const names = columnNames(pattern.trim());
  const columns = columnsOf(message);
  const ellipsis = names.indexOf("...");
  const kept = names.filter((name) => name !== "...");
  return kept.flatMap((name, index) => {
    const at = ellipsis < 0 || index < ellipsis ? index : columns.length - kept.length + index;
    const column = columns[at];
    return column === undefined ? [] : [[name === "" ? `$${at + 1}` : `$${name}`, column] as const];
  });
};

const STEP = /\.([\w-]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/y;

const jsonValue = (message: string, selector: string): string | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    // Not JSON, so nothing is in it.
    return undefined;
  }
  STEP.lastIndex = 1;
  while (STEP.lastIndex < selector.length) {
    const step = STEP.exec(selector);
    if (!step) return undefined;
    const [, dotted, single, double, index] = step;
    if (index !== undefined) value = Array.isArray(value) ? value[Number(index)] : undefined;
    else value = isJsonObject(value) ? value[dotted ?? single ?? double ?? ""] : undefined;
  }
  return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
};
