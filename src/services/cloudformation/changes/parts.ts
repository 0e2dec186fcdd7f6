import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { PropertyChange } from "../schema/diff.ts";

/** The part of a property's template text that a change lies in, as deep as plain objects and lists lead. */
export const partAt = (written: JsonValue | undefined, { path }: PropertyChange): JsonValue | undefined =>
  partBelow(written, stepsOf(path).slice(2)).part;

/** The value at a change's path in a resource's properties; undefined where there is none. */
export const valueAt = (properties: JsonValue, { path }: PropertyChange): JsonValue | undefined => {
  const { part, isWhole } = partBelow(properties, stepsOf(path).slice(1));
  return isWhole ? part : undefined;
};

const stepsOf = (path: string): readonly string[] =>
  path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

const partBelow = (
  value: JsonValue | undefined,
  steps: readonly string[],
): { readonly part: JsonValue | undefined; readonly isWhole: boolean } => {
  let part = value;
  for (const step of steps) {
    const next: JsonValue | undefined = isJsonObject(part)
      ? part[step]
      : Array.isArray(part)
        ? part[Number(step)]
        : undefined;
    if (next === undefined) return { part, isWhole: false };
    part = next;
  }
  return { part, isWhole: true };
};
