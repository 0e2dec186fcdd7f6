import { validationError } from "../errors.ts";
import type { Action, Assigned, Path, Update } from "../expressions/ast.ts";
import type { AttributeValue } from "../values/attributeValue.ts";
import { notWellFormed } from "./fault.ts";
import type { Reader } from "./reader.ts";
import { expectLiteral, readLiteral, readPath } from "./values.ts";

/** The SET and REMOVE clauses of an UPDATE, in any number and order. */
export const readUpdate = (reader: Reader): Update => {
  const actions: Action[] = [];
  for (;;) {
    const read = reader.keyword("SET") ? readSet : reader.keyword("REMOVE") ? readRemove : undefined;
    if (!read) break;
    do actions.push(read(reader));
    while (reader.symbol(","));
  }
  if (actions.length === 0) throw notWellFormed(`Expected SET or REMOVE but found ${reader.found()}`);
  checkDistinct(actions);
  return { actions, mismatch: "An operand in the update expression has an incorrect data type" };
};

const checkDistinct = (actions: readonly Action[]): void => {
  const paths = actions.map(({ path }) => path);
  for (const [position, path] of paths.entries()) {
    if (paths.slice(0, position).some((other) => overlap(path, other)))
      throw validationError("Two document paths overlap with each other; must remove or rewrite one of these paths");
  }
};

const overlap = (a: Path, b: Path): boolean => {
  const shorter = Math.min(a.length, b.length);
  return a.slice(0, shorter).every((step, at) => step === b[at]);
};

const readRemove = (reader: Reader): Action => ({ kind: "remove", path: readPath(reader) });

const readSet = (reader: Reader): Action => {
  const path = readPath(reader);
  reader.expectSymbol("=");
  return readSetFunction(reader, path) ?? { kind: "set", path, value: readAssigned(reader) };
};

const isCall = (reader: Reader, word: string): boolean => {
  const next = reader.peek(1);
  return reader.isKeyword(word) && next?.kind === "symbol" && next.text === "(";
};

const open = (reader: Reader): void => {
  reader.next();
  reader.expectSymbol("(");
};

/** `set_add(path, <<…>>)` and `set_delete`: of the attribute that is set, and no other. */
const readSetFunction = (reader: Reader, path: Path): Action | undefined => {
  const adds = isCall(reader, "SET_ADD");
  if (!adds && !isCall(reader, "SET_DELETE")) return undefined;
  open(reader);
  const of = readPath(reader);
  reader.expectSymbol(",");
  const value = expectLiteral(reader);
  reader.expectSymbol(")");
  if (of.length !== path.length || !overlap(of, path))
    throw validationError("set_add and set_delete can only change the attribute they are assigned to");
  if (!isSet(value)) throw validationError("Incorrect operand type for set_add or set_delete: a set is required");
  return { kind: adds ? "add" : "delete", path, value };
};

const isSet = (value: AttributeValue): boolean => "SS" in value || "NS" in value || "BS" in value;

const readAssigned = (reader: Reader): Assigned => {
  let left = readTerm(reader);
  for (;;) {
    const operator = reader.symbol("+") ? "+" : reader.symbol("-") ? "-" : undefined;
    if (!operator) return left;
    left = { kind: "arithmetic", operator, left, right: readTerm(reader) };
  }
};

const readTerm = (reader: Reader): Assigned => {
  if (isCall(reader, "LIST_APPEND")) {
    open(reader);
    const first = reader.nested(() => readAssigned(reader));
    reader.expectSymbol(",");
    const second = reader.nested(() => readAssigned(reader));
    reader.expectSymbol(")");
    return { kind: "listAppend", first, second };
  }
  if (isCall(reader, "IF_NOT_EXISTS")) {
    open(reader);
    const path = readPath(reader);
    reader.expectSymbol(",");
    const otherwise = reader.nested(() => readAssigned(reader));
    reader.expectSymbol(")");
    return { kind: "ifNotExists", path, otherwise };
  }
  const value = readLiteral(reader);
  return value === undefined ? { kind: "path", path: readPath(reader) } : { kind: "value", value };
};
