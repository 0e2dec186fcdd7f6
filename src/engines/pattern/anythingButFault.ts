import type { JsonReader, Token } from "./jsonReader.ts";
import { checkEnd, checkStars, type Dialect, PatternFault, refuse } from "./refusal.ts";

/** The value of `anything-but`: a string or a number, a list of either, or one of a few match expressions. */
export const checkAnythingBut = (reader: JsonReader, dialect: Dialect): void => {
  const value = reader.next();
  if (value.kind === "{") {
    checkNested(reader, dialect);
    return;
  }
  checkValues(reader, value, (item) =>
    item.kind === "string" || item.kind === "number"
      ? undefined
      : "Inside anything but list, start|null|boolean is not supported.",
  );
  if (reader.next().kind !== "}") refuse(reader, "Too many elements in numeric expression");
};

const checkNested = (reader: JsonReader, dialect: Dialect): void => {
  const operator = reader.next();
  if (operator.kind !== "field") refuse(reader, "Anything-But expression name not found");
  if (dialect === "SNS") {
    if (operator.text !== "prefix") refuse(reader, `Unsupported anything-but pattern: ${operator.text}`);
    if (reader.next().kind !== "string") refuse(reader, "prefix match pattern must be a string");
  } else {
    const faultOf = FAULTS.get(operator.text);
    if (!faultOf) refuse(reader, `Unsupported anything-but pattern: ${operator.text}`);
    checkValues(reader, reader.next(), (item) => faultOf?.(reader, item));
  }
  checkEnd(reader);
  checkEnd(reader);
};

type ItemFault = (reader: JsonReader, item: Token) => string | undefined;

const affixFault: ItemFault = (reader, item) => {
  if (item.kind !== "string") return "prefix/suffix match pattern must be a string";
  return reader.text() === "" ? "Null prefix/suffix not allowed" : undefined;
};

const foldedFault: ItemFault = (_reader, item) =>
  item.kind === "string"
    ? undefined
    : "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";

const wildcardFault: ItemFault = (reader, item) => {
  if (item.kind !== "string") return "wildcard match pattern must be a string";
  checkStars(reader);
  return undefined;
};

const FAULTS: ReadonlyMap<string, ItemFault> = new Map([
  ["prefix", affixFault],
  ["suffix", affixFault],
  ["equals-ignore-case", foldedFault],
  ["wildcard", wildcardFault],
]);

const checkValues = (reader: JsonReader, first: Token, faultOf: (item: Token) => string | undefined): void => {
  if (first.kind === "string" || first.kind === "number") {
    const fault = faultOf(first);
    if (fault !== undefined) refuse(reader, fault);
    reader.text();
    return;
  }
  if (first.kind !== "[") refuse(reader, "Value of anything-but must be an array or single string/number value.");
  const kinds = new Set<string>();
  for (let item = reader.next(); item.kind !== "]"; item = reader.next()) {
    const fault = faultOf(item);
    // AWS: what is wrong within a list is caught and said once more, with its place.
    if (fault !== undefined) throw new PatternFault(fault, reader.where, 2);
    reader.text();
    kinds.add(item.kind);
  }
  if (kinds.size !== 1) {
    refuse(reader, "Inside anything but list, either all values are number or string, mixed type is not supported");
  }
};
