import { validationError } from "../errors.ts";
import type { AttributeValue } from "../values/attributeValue.ts";
import type { Delete, Insert, Ordering, Returning, Select, Statement, Target, UpdateStatement } from "./ast.ts";
import { readCondition } from "./conditions.ts";
import { notWellFormed, unsupported } from "./fault.ts";
import { Reader } from "./reader.ts";
import { readUpdate } from "./updates.ts";
import { expectLiteral, readPath } from "./values.ts";

/**
 * Reads a statement with its parameters. Throws ValidationException when it is none.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.statements.html
 */
export const parseStatement = (text: string, parameters: readonly AttributeValue[]): Statement => {
  const reader = new Reader(text, parameters);
  const statement = readStatement(reader);
  reader.end();
  return statement;
};

const readStatement = (reader: Reader): Statement => {
  if (reader.keyword("SELECT")) return readSelect(reader);
  if (reader.keyword("INSERT")) return readInsert(reader);
  if (reader.keyword("UPDATE")) return readUpdateStatement(reader);
  if (reader.keyword("DELETE")) return readDelete(reader);
  if (reader.keyword("EXISTS")) {
    reader.expectSymbol("(");
    reader.expectKeyword("SELECT");
    const select = readSelect(reader);
    reader.expectSymbol(")");
    return { kind: "exists", select };
  }
  throw notWellFormed(`Expected SELECT, INSERT, UPDATE or DELETE but found ${reader.found()}`);
};

const readTarget = (reader: Reader): Target => {
  const table = reader.name();
  return { table, index: reader.symbol(".") ? reader.name() : undefined };
};

const readSelect = (reader: Reader): Select => {
  if (reader.isKeyword("DISTINCT") || reader.isKeyword("VALUE")) throw unsupported(`SELECT ${reader.found()}`);
  const paths = reader.symbol("*") ? undefined : readPaths(reader);
  reader.expectKeyword("FROM");
  const target = readTarget(reader);
  const where = reader.keyword("WHERE") ? readCondition(reader) : undefined;
  const order = reader.keyword("ORDER") ? readOrder(reader) : [];
  if (order.length > 0 && !where)
    throw validationError("Must have WHERE clause in the statement when using ORDER BY clause.");
  for (const word of ["GROUP", "HAVING", "LIMIT", "OFFSET", "JOIN"])
    if (reader.isKeyword(word)) throw unsupported(`${word} is not supported.`);
  return { kind: "select", target, paths, where, order };
};

const readPaths = (reader: Reader) => {
  const paths = [readPath(reader)];
  while (reader.symbol(",")) paths.push(readPath(reader));
  return paths;
};

const readOrder = (reader: Reader): readonly Ordering[] => {
  reader.expectKeyword("BY");
  const order: Ordering[] = [];
  do {
    const name = reader.name();
    const descending = reader.keyword("DESC");
    if (!descending) reader.keyword("ASC");
    order.push({ name, descending });
  } while (reader.symbol(","));
  return order;
};

const readInsert = (reader: Reader): Insert => {
  reader.expectKeyword("INTO");
  const target = readTarget(reader);
  reader.expectKeyword("VALUE");
  const value = expectLiteral(reader);
  if (!("M" in value)) throw notWellFormed("Expected a tuple after VALUE");
  return { kind: "insert", target, item: value.M };
};

const readUpdateStatement = (reader: Reader): UpdateStatement => {
  const target = readTarget(reader);
  const update = readUpdate(reader);
  reader.expectKeyword("WHERE");
  const where = readCondition(reader);
  return { kind: "update", target, update, where, returning: readReturning(reader) };
};

const readDelete = (reader: Reader): Delete => {
  reader.expectKeyword("FROM");
  const target = readTarget(reader);
  reader.expectKeyword("WHERE");
  const where = readCondition(reader);
  const returning = readReturning(reader);
  if (returning !== undefined && returning !== "ALL_OLD")
    throw validationError("DELETE can only be used with RETURNING ALL OLD *");
  return { kind: "delete", target, where, returning };
};

/** `RETURNING (ALL | MODIFIED) (OLD | NEW) *` */
const readReturning = (reader: Reader): Returning | undefined => {
  if (!reader.keyword("RETURNING")) return undefined;
  const modified = reader.keyword("MODIFIED");
  if (!modified) reader.expectKeyword("ALL");
  const old = reader.keyword("OLD");
  if (!old) reader.expectKeyword("NEW");
  reader.expectSymbol("*");
  if (modified) return old ? "MODIFIED_OLD" : "MODIFIED_NEW";
  return old ? "ALL_OLD" : "ALL_NEW";
};
