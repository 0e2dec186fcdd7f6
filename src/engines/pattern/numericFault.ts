import type { JsonReader, Token } from "./jsonReader.ts";
import { refuse } from "./refusal.ts";

const RANGE_STARTS: ReadonlySet<string> = new Set([">", ">="]);
const RANGE_ENDS: ReadonlySet<string> = new Set(["<", "<="]);

/** The value of `numeric`: `["=", 1]`, `["<", 5]` or a range such as `[">=", 1, "<", 5]`. */
export const checkNumeric = (reader: JsonReader): void => {
  if (reader.next().kind !== "[") refuse(reader, "Value of numeric must be an array.");
  if (reader.next().kind !== "string") refuse(reader, `Invalid member in numeric match: ${reader.text()}`);
  const operator = reader.text();
  const next = reader.next();
  if (operator !== "=" && !RANGE_STARTS.has(operator) && !RANGE_ENDS.has(operator)) {
    refuse(reader, `Unrecognized numeric range operator: ${operator}`);
  }
  const value = numberNamed(reader, next, operator === "=" ? "equals" : operator);
  const { kind } = reader.next();
  if (kind !== "]") {
    if (!RANGE_STARTS.has(operator)) refuse(reader, TOO_MANY);
    checkRange(reader, kind === "string", value);
  }
  if (reader.next().kind !== "}") refuse(reader, TOO_MANY);
};

const TOO_MANY = "Too many elements in numeric expression";

const checkRange = (reader: JsonReader, isText: boolean, bottom: number): void => {
  const operator = reader.text();
  if (!isText) refuse(reader, `Bad value in numeric range: ${operator}`);
  if (!RANGE_ENDS.has(operator)) refuse(reader, `Bad numeric range operator: ${operator}`);
  const top = numberNamed(reader, reader.next(), operator);
  if (reader.next().kind !== "]") refuse(reader, "Too many terms in numeric range expression");
  if (top <= bottom) refuse(reader, "Bottom must be less than top");
};

const numberNamed = (reader: JsonReader, { kind, text }: Token, name: string): number => {
  if (kind !== "number") refuse(reader, `Value of ${name} must be numeric`);
  return Number(text);
};
