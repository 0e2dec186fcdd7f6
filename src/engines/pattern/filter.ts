import { isJsonObject } from "../../kernel/json.ts";
import { matchesPattern, type Pattern } from "./eventPattern.ts";

/** Tells whether an item is passed on: one of the patterns fits it, or there are none. */
export const filterOf = (patterns: readonly string[] | undefined): ((item: object) => boolean) => {
  if (!patterns) return () => true;
  const read = patterns.map((text): unknown => JSON.parse(text)).filter(isPattern);
  return (item) => read.some((pattern) => matchesPattern(pattern, item));
};

const isPattern = (value: unknown): value is Pattern => isJsonObject(value);
