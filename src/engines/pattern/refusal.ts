import type { JsonReader } from "./jsonReader.ts";

/** Whose patterns: SNS knows fewer operators than EventBridge. */
export type Dialect = "EventBridge" | "SNS";

/** What a pattern is refused for. */
export class PatternFault extends Error {
  readonly reason: string;
  /** Undefined where AWS says no place. */
  readonly at: number | undefined;
  /** How often AWS says it. */
  readonly times: number;

  constructor(reason: string, at?: number, times = 1) {
    super(reason);
    this.reason = reason;
    this.at = at;
    this.times = times;
  }
}

/** Throws what is wrong where the reader stands. */
export const refuse = (reader: JsonReader, reason: string): never => {
  throw new PatternFault(reason, reader.where);
};

export const checkEnd = (reader: JsonReader): void => {
  if (reader.next().kind !== "}") refuse(reader, "Only one key allowed in match expression");
};

/** AWS: a position counts the quote that stands before the text. */
export const checkStars = (reader: JsonReader): void => {
  const text = reader.text();
  const stars = /\\.|\*\*/gs;
  for (let match = stars.exec(text); match; match = stars.exec(text)) {
    const [found] = match;
    if (found === "**") refuse(reader, `Consecutive wildcard characters at pos ${match.index + 1}`);
    if (found !== "\\*" && found !== "\\\\") refuse(reader, `Invalid escape character at pos ${match.index + 1}`);
  }
};
