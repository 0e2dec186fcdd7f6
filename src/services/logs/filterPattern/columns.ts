import { comparison, invalidPattern, type Operator, type PatternValue } from "./comparison.ts";
import type { MessageMatcher } from "./messageMatcher.ts";

type ColumnTest = (column: string) => boolean;

/** `[ip, user, ..., status = 4* || status = 5*, bytes > 1000]`: columns parted by spaces, quotes or square brackets. */
export const columnsMatcher = (pattern: string): MessageMatcher => {
  if (!pattern.endsWith("]")) throw invalidPattern();
  const fields = pattern
    .slice(1, -1)
    .split(",")
    .map((field) => field.trim());
  const ellipsis = fields.indexOf("...");
  const tests = fields.filter((field) => field !== "...").map(columnTest);
  const before = ellipsis < 0 ? tests.length : ellipsis;
  return (message) => {
    const columns = columnsOf(message);
    if (ellipsis < 0 ? columns.length !== tests.length : columns.length < tests.length) return false;
    return tests.every((test, at) => {
      const column = columns[at < before ? at : columns.length - tests.length + at];
      return column !== undefined && test(column);
    });
  };
};

/** The names of a pattern's columns; empty where one has none. */
export const columnNames = (pattern: string): readonly string[] =>
  pattern
    .slice(1, -1)
    .split(",")
    .map((field) => (field.trim() === "..." ? "..." : (/^\s*(\w*)/.exec(field)?.[1] ?? "")));

export const columnsOf = (message: string): string[] =>
  [...message.trim().matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(
    ([, quoted, bracketed, bare]) => quoted ?? bracketed ?? bare ?? "",
  );

const columnTest = (field: string): ColumnTest => {
  const alternatives = field.split("||").map((either) => either.split("&&").map((part) => partTest(part.trim())));
  return (column) => alternatives.some((all) => all.every((test) => test(column)));
};

const partTest = (part: string): ColumnTest => {
  const [, operator, rest = ""] = /^\w*\s*(!=|<=|>=|=|<|>)\s*(.+)$/s.exec(part) ?? [];
  if (!operator || !isOperator(operator)) {
    if (!/^\w*$/.test(part)) throw invalidPattern();
    return () => true;
  }
  return comparison(operator, patternValue(rest.trim()));
};

const isOperator = (text: string): text is Operator => ["=", "!=", "<", ">", "<=", ">="].includes(text);

const patternValue = (text: string): PatternValue => {
  if (/^".*"$/s.test(text)) return { kind: "quoted", text: text.slice(1, -1) };
  if (/^%.*%$/s.test(text)) return { kind: "regex", text: text.slice(1, -1) };
  return { kind: "bare", text };
};
