import { invalidPattern, patternExpression } from "./comparison.ts";
import type { MessageMatcher } from "./messageMatcher.ts";

/** `ERROR "exact words" -without ?either ?or %regex%` */
export const termsMatcher = (pattern: string): MessageMatcher => {
  const required: MessageMatcher[] = [];
  const excluded: MessageMatcher[] = [];
  const optional: MessageMatcher[] = [];
  for (const [, sign, quoted, regex, bare] of pattern.matchAll(TERM)) {
    const matcher = termMatcher(quoted, regex, bare);
    if (sign === "-") excluded.push(matcher);
    else if (sign === "?") optional.push(matcher);
    else required.push(matcher);
  }
  if (pattern.replace(TERM, "").trim() !== "") throw invalidPattern();
  // AWS: beside words that must or must not be there, words that may be there are ignored.
  const either = required.length + excluded.length === 0 ? optional : [];
  return (message) =>
    required.every((has) => has(message)) &&
    !excluded.some((has) => has(message)) &&
    (either.length === 0 || either.some((has) => has(message)));
};

const TERM = /([-?])?(?:"((?:[^"\\]|\\.)*)"|%([^%]*)%|([\p{L}\p{N}_*./:@#$&+=~^|;,<>!'\\{}()[\]-][^\s"%]*))(?=\s|$)/gu;

const termMatcher = (quoted: string | undefined, regex: string | undefined, bare = ""): MessageMatcher => {
  if (regex !== undefined) {
    const expression = patternExpression(regex);
    return (message) => expression.test(message);
  }
  // AWS: a star at an end means that more may follow, which a search within the message always allows.
  const text = quoted === undefined ? bare.replace(/^\*|\*$/g, "") : quoted.replace(/\\(.)/g, "$1");
  return (message) => message.includes(text);
};
