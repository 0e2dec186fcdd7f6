import { columnsMatcher } from "./columns.ts";
import { jsonMatcher } from "./json.ts";
import type { MessageMatcher } from "./messageMatcher.ts";
import { termsMatcher } from "./terms.ts";

/**
 * Reads a filter pattern: `{ $.field = "x" }` for JSON, `[a, b > 1]` for columns, words otherwise. Throws AWS's refusal.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const parseFilterPattern = (pattern: string): MessageMatcher => {
  const text = pattern.trim();
  if (text === "") return () => true;
  if (text.startsWith("{")) return jsonMatcher(text);
  if (text.startsWith("[")) return columnsMatcher(text);
  return termsMatcher(text);
};
