import { known } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import type { Path } from "../expressions/ast.ts";
import { type AttributeValue, itemOf } from "../values/attributeValue.ts";
import { normaliseNumber } from "../values/numbers.ts";
import { readValue } from "../values/readValue.ts";
import { notWellFormed } from "./fault.ts";
import type { Reader } from "./reader.ts";

/** A literal or a parameter; undefined, with nothing read, where something else comes. */
export const readLiteral = (reader: Reader): AttributeValue | undefined => {
  const token = reader.peek();
  if (token?.kind === "string") {
    reader.next();
    return { S: token.text };
  }
  if (token?.kind === "number" || reader.isSymbol("-") || reader.isSymbol("+")) return readNumber(reader);
  if (reader.symbol("?")) return reader.parameter();
  if (reader.keyword("TRUE")) return { BOOL: true };
  if (reader.keyword("FALSE")) return { BOOL: false };
  if (reader.keyword("NULL")) return { NULL: true };
  return readCollection(reader);
};

/** The same where nothing else may come. */
export const expectLiteral = (reader: Reader): AttributeValue => {
  const value = readLiteral(reader);
  if (value === undefined) throw notWellFormed(`Expected a value but found ${reader.found()}`);
  return value;
};

const readNumber = (reader: Reader): AttributeValue => {
  const sign = reader.symbol("-") ? "-" : "";
  if (sign === "") reader.symbol("+");
  const token = reader.next();
  if (token?.kind !== "number") throw notWellFormed("Expected a number after its sign");
  return { N: normaliseNumber(sign + token.text) };
};

const readCollection = (reader: Reader): AttributeValue | undefined => {
  if (reader.symbol("[")) return { L: reader.nested(() => reader.list("]", () => expectLiteral(reader))) };
  if (reader.symbol("{")) return { M: reader.nested(() => itemOf(reader.list("}", () => readMember(reader)))) };
  if (reader.symbol("<<")) return setOf(reader.list(">>", () => expectLiteral(reader)));
  return undefined;
};

const readMember = (reader: Reader): readonly [string, AttributeValue] => {
  const token = reader.next();
  if (token?.kind !== "string" && !(token?.kind === "name" && token.quoted))
    throw notWellFormed("Expected a quoted attribute name in a tuple");
  reader.expectSymbol(":");
  return [token.text, expectLiteral(reader)];
};

/** AWS: a bag of one scalar type is a set. */
const setOf = (elements: readonly AttributeValue[]): AttributeValue => {
  const strings = elements.flatMap((element) => ("S" in element ? [element.S] : []));
  const numbers = elements.flatMap((element) => ("N" in element ? [element.N] : []));
  const binaries = elements.flatMap((element) => ("B" in element ? [element.B] : []));
  const sets = [{ SS: strings }, { NS: numbers }, { BS: binaries }];
  const whole = sets.find((set) => known(Object.values(set)[0], "a set").length === elements.length);
  if (elements.length === 0 || !whole)
    throw validationError("Only sets of one type, of strings, numbers or binary values, can be stored");
  return readValue(whole);
};

/** A document path: `a.b[0]."c d"`. */
export const readPath = (reader: Reader): Path => {
  const rest: (string | number)[] = [];
  const first = reader.name();
  for (;;) {
    if (reader.symbol(".")) rest.push(reader.name());
    else if (reader.symbol("[")) rest.push(readStep(reader));
    else return [first, ...rest];
  }
};

const readStep = (reader: Reader): string | number => {
  const token = reader.next();
  reader.expectSymbol("]");
  if (token?.kind === "string") return token.text;
  if (token?.kind === "number" && /^\d+$/.test(token.text)) return Number(token.text);
  throw notWellFormed("Expected an index or a name within brackets");
};
