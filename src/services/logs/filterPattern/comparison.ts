import { invalidParameter } from "../errors.ts";

export type Operator = "=" | "!=" | "<" | ">" | "<=" | ">=";

/** A value as a pattern writes it. */
export interface PatternValue {
  readonly kind: "bare" | "quoted" | "regex";
  readonly text: string;
}

export const invalidPattern = () => invalidParameter("Invalid filter pattern");

/** Compares what a message holds with what a pattern says; `undefined` is a field the message lacks. */
export const comparison = (operator: Operator, value: PatternValue): ((found: unknown) => boolean) => {
  if (operator === "=" || operator === "!=") {
    const equals = equality(value);
    const negated = operator === "!=";
    // AWS: what is not there is not different, either.
    return (found) => found !== undefined && equals(found) !== negated;
  }
  const limit = Number(value.text);
  if (value.kind !== "bare" || Number.isNaN(limit)) throw invalidPattern();
  return (found) => {
    const number =
      typeof found === "number" ? found : typeof found === "string" && found !== "" ? Number(found) : Number.NaN;
    if (Number.isNaN(number)) return false;
    if (operator === "<") return number < limit;
    if (operator === ">") return number > limit;
    return operator === "<=" ? number <= limit : number >= limit;
  };
};

const equality = ({ kind, text }: PatternValue): ((found: unknown) => boolean) => {
  if (kind === "regex") {
    const expression = patternExpression(text);
    return (found) => isScalar(found) && expression.test(String(found));
  }
  if (text.includes("*")) {
    const expression = new RegExp(`^${text.split("*").map(escaped).join("[^]*")}$`);
    return (found) => isScalar(found) && expression.test(String(found));
  }
  const number = kind === "bare" && text !== "" ? Number(text) : Number.NaN;
  return (found) => {
    if (typeof found === "number" && !Number.isNaN(number)) return found === number;
    return isScalar(found) && String(found) === text;
  };
};

/** A regular expression between percent signs. AWS allows a plain subset: no groups that capture, no look-around. */
export const patternExpression = (source: string): RegExp => {
  try {
    return new RegExp(source);
  } catch {
    throw invalidPattern();
  }
};

const isScalar = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
