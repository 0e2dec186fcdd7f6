import { type ConditionContext, type PatternTest, patternTest, type Token, tokenize } from "./pattern.ts";
import { ANY_RUN } from "./wildcard.ts";

const ARN_PARTS = 6;

/** A text with its six colon-separated parts, split once for all the patterns it meets; no parts when it is no ARN. */
export interface ArnText {
  readonly text: string;
  readonly parts: readonly string[] | undefined;
}

export type ArnTest = (arn: ArnText, context: ConditionContext) => boolean;

/** Splits an ARN; everything after the fifth colon is its last part. */
export const arnText = (text: string): ArnText => {
  const parts: string[] = [];
  let from = 0;
  while (parts.length < ARN_PARTS - 1) {
    const colon = text.indexOf(":", from);
    if (colon < 0) return { text, parts: undefined };
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  parts.push(text.slice(from));
  return { text, parts };
};

/**
 * Compiles an ARN pattern, each part for itself: a `*` in one part never reaches into the next.
 * AWS: an ARN with fewer than six parts stands for every ARN that begins so. What is no ARN, such as `*`, is plain text.
 */
export const arnTest = (pattern: string, variables: boolean): ArnTest => {
  const tokens = tokenize(pattern, { wildcards: true, variables });
  if (!pattern.startsWith("arn:")) {
    const test = patternTest(tokens);
    return (arn, context) => test(arn.text, context);
  }
  const tests = partsOf(tokens).map((part) => patternTest(part));
  return (arn, context) => arn.parts !== undefined && allMatch(tests, arn.parts, context);
};

const partsOf = (tokens: readonly Token[]): readonly (readonly Token[])[] => {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (typeof token !== "string") {
      parts.at(-1)?.push(token);
      continue;
    }
    let rest = token;
    for (let colon = rest.indexOf(":"); colon >= 0 && parts.length < ARN_PARTS; colon = rest.indexOf(":")) {
      if (colon > 0) parts.at(-1)?.push(rest.slice(0, colon));
      parts.push([]);
      rest = rest.slice(colon + 1);
    }
    if (rest !== "") parts.at(-1)?.push(rest);
  }
  while (parts.length < ARN_PARTS) parts.push([ANY_RUN]);
  return parts;
};

const allMatch = (tests: readonly PatternTest[], parts: readonly string[], context: ConditionContext): boolean => {
  for (const [at, test] of tests.entries()) {
    if (!test(parts[at] ?? "", context)) return false;
  }
  return true;
};
