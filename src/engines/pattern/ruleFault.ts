import { own } from "../../kernel/own.ts";
import { checkAnythingBut } from "./anythingButFault.ts";
import { addressFault } from "./cidrFault.ts";
import type { JsonReader } from "./jsonReader.ts";
import { checkNumeric } from "./numericFault.ts";
import { checkEnd, checkStars, type Dialect, PatternFault, refuse } from "./refusal.ts";

/** The values and match expressions of one field. */
export const checkRules = (reader: JsonReader, dialect: Dialect): void => {
  let rules = 0;
  for (let token = reader.next(); token.kind !== "]"; token = reader.next()) {
    rules++;
    if (token.kind === "{") checkExpression(reader, dialect);
    else if (token.kind === "[") refuse(reader, "Match value must be String, number, true, false, or null");
    else reader.text();
  }
  if (rules === 0) refuse(reader, "Empty arrays are not allowed");
};

const checkExpression = (reader: JsonReader, dialect: Dialect): void => {
  const operator = reader.next();
  if (operator.kind !== "field") refuse(reader, "Match expression name not found");
  const check = dialect === "SNS" && operator.text === "wildcard" ? undefined : own(CHECKS, operator.text);
  if (!check) refuse(reader, `Unrecognized match type ${operator.text}`);
  check?.(reader, dialect);
};

/** A string; or, where case may be left aside, `{"equals-ignore-case": …}`. */
const checkText = (operator: string) => (reader: JsonReader) => {
  const { kind } = reader.next();
  if (kind === "string") reader.text();
  else refuse(reader, `${operator} match pattern must be a string`);
};

const checkAffix = (operator: string) => (reader: JsonReader) => {
  const { kind } = reader.next();
  if (kind === "string") reader.text();
  else if (kind === "{") checkFolded(reader, operator);
  else refuse(reader, `${operator} match pattern must be a string`);
};

const checkFolded = (reader: JsonReader, operator: string): void => {
  const folded = reader.next();
  if (folded.text !== "equals-ignore-case") refuse(reader, `Unsupported ${operator} pattern: ${folded.text}`);
  checkText("equals-ignore-case")(reader);
  checkEnd(reader);
};

const checkExists = (reader: JsonReader): void => {
  const { kind, text } = reader.next();
  if (kind !== "literal" || text === "null") refuse(reader, "exists match pattern must be either true or false.");
};

const checkCidr = (reader: JsonReader): void => {
  // AWS: calls it a prefix.
  checkText("prefix")(reader);
  const fault = addressFault(reader.text());
  if (fault !== undefined) throw new PatternFault(fault);
};

const checkWildcard = (reader: JsonReader): void => {
  checkText("wildcard")(reader);
  checkStars(reader);
};

type Check = (reader: JsonReader, dialect: Dialect) => void;

const thenEnd =
  (check: Check): Check =>
  (reader, dialect) => {
    check(reader, dialect);
    checkEnd(reader);
  };

const CHECKS: Readonly<Record<string, Check>> = {
  "anything-but": checkAnythingBut,
  cidr: thenEnd(checkCidr),
  "equals-ignore-case": thenEnd(checkText("equals-ignore-case")),
  exists: thenEnd(checkExists),
  numeric: checkNumeric,
  prefix: thenEnd(checkAffix("prefix")),
  suffix: thenEnd(checkAffix("suffix")),
  wildcard: thenEnd(checkWildcard),
};
