import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttributeValue } from "../values/attributeValue.ts";
import { attributeValue } from "../values/valueArbitraries.ts";
import { parseStatement } from "./parse.ts";

const parse = (text: string, ...parameters: AttributeValue[]) => parseStatement(text, parameters);

/** A value as a statement writes it; undefined for what only a parameter can say. */
const literalOf = (value: AttributeValue): string | undefined => {
  if ("S" in value) return `'${value.S.replaceAll("'", "''")}'`;
  if ("N" in value) return value.N;
  if ("BOOL" in value) return String(value.BOOL);
  if ("NULL" in value) return "null";
  if ("L" in value) return wrapped("[", value.L.map(literalOf), "]");
  if ("SS" in value)
    return wrapped(
      "<<",
      value.SS.map((S) => literalOf({ S })),
      ">>",
    );
  if ("NS" in value)
    return wrapped(
      "<<",
      value.NS.map((N) => literalOf({ N })),
      ">>",
    );
  if (!("M" in value)) return undefined;
  const members = Object.entries(value.M).map(([name, member]) => {
    const literal = literalOf(member);
    return literal === undefined ? undefined : `'${name.replaceAll("'", "''")}': ${literal}`;
  });
  return wrapped("{", members, "}");
};

const wrapped = (open: string, elements: readonly (string | undefined)[], close: string) =>
  elements.includes(undefined) ? undefined : `${open}${elements.join(", ")}${close}`;

describe("a statement", () => {
  it("reads every value as it is written, and as a parameter", () => {
    fc.assert(
      fc.property(attributeValue, (value) => {
        const item = { a: value };
        expect(parse("INSERT INTO t VALUE {'a': ?}", value)).toMatchObject({ item });
        const literal = literalOf(value);
        if (literal !== undefined) expect(parse(`INSERT INTO t VALUE {'a': ${literal}}`)).toMatchObject({ item });
      }),
    );
  });

  it("reads names, paths and orders", () => {
    expect(parse(`select a, b."c d"[2]['e'] from "my-table"."by date" where k = 1 order by s desc`)).toEqual({
      kind: "select",
      target: { table: "my-table", index: "by date" },
      paths: [["a"], ["b", "c d", 2, "e"]],
      where: {
        kind: "compare",
        operator: "=",
        left: { kind: "path", path: ["k"] },
        right: { kind: "value", value: { N: "1" } },
      },
      order: [{ name: "s", descending: true }],
    });
  });

  it("reads conditions by their precedence", () => {
    const { where } = parse("SELECT * FROM t WHERE NOT a = 1 AND b IN [1, 2] OR c IS MISSING") as { where: unknown };
    expect(where).toMatchObject({
      kind: "or",
      left: { kind: "and", left: { kind: "not" }, right: { kind: "in" } },
      right: { kind: "not", condition: { kind: "exists", path: ["c"] } },
    });
  });

  it("takes the semicolon that closes a statement", () => {
    expect(parse("SELECT * FROM t; ")).toEqual(parse("SELECT * FROM t"));
  });

  it("reads updates", () => {
    const text =
      "UPDATE t SET a = a + 1, b = list_append(b, ['x']) SET c = set_add(c, <<1>>) REMOVE d[0] WHERE k = 'x' RETURNING MODIFIED NEW *";
    expect(parse(text)).toMatchObject({
      kind: "update",
      update: {
        actions: [
          { kind: "set", path: ["a"], value: { kind: "arithmetic", operator: "+" } },
          { kind: "set", path: ["b"], value: { kind: "listAppend" } },
          { kind: "add", path: ["c"], value: { NS: ["1"] } },
          { kind: "remove", path: ["d", 0] },
        ],
      },
      returning: "MODIFIED_NEW",
    });
  });

  it.each([
    ["", /^Statement wasn't well formed, can't be processed: Expected SELECT, INSERT, UPDATE or DELETE/],
    ["SELECT", /Expected identifier but found the end of the statement/],
    ["SELECT * FROM t WHERE", /Expected identifier/],
    ["SELECT * FROM t WHERE a = ", /Expected identifier/],
    ["SELECT * FROM t WHERE a", /Expected IN but found the end/],
    ["SELECT * FROM t extra", /Unexpected token after expression: extra/],
    ["SELECT * FROM t; DROP", /Unexpected character at position 16: ;/],
    ["SELECT * FROM t WHERE a = 'open", /Unexpected character/],
    ["SELECT * FROM t ORDER BY a", /^Must have WHERE clause in the statement when using ORDER BY clause\.$/],
    ["SELECT * FROM t WHERE a = 1 LIMIT 1", /^Unsupported operation: LIMIT/],
    ["SELECT * FROM t WHERE a = ?", /^Number of parameters in request and statement don't match\.$/],
    ["INSERT INTO t VALUE 1", /Expected a tuple after VALUE/],
    ["INSERT INTO t VALUE {a: 1}", /Expected a quoted attribute name/],
    ["INSERT INTO t VALUE {'a': <<>>}", /^Only sets of one type/],
    ["UPDATE t WHERE k = 1", /Expected SET or REMOVE/],
    ["UPDATE t SET a = 1", /Expected WHERE/],
    ["UPDATE t SET a = 1, a.b = 2 WHERE k = 1", /^Two document paths overlap/],
    ["UPDATE t SET a = set_add(b, <<1>>) WHERE k = 1", /^set_add and set_delete/],
    ["DELETE FROM t", /Expected WHERE/],
    ["DELETE FROM t WHERE k = 1 RETURNING ALL NEW *", /^DELETE can only be used with RETURNING ALL OLD \*$/],
    [`SELECT * FROM t WHERE ${"(".repeat(200)}`, /nested too deeply/],
  ])("refuses %s", (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it("refuses parameters that nothing uses", () => {
    expect(() => parse("SELECT * FROM t", { N: "1" })).toThrow("Number of parameters");
  });

  it("never fails otherwise, whatever is written", () => {
    const word = fc.constantFrom(
      ..."SELECT * FROM t WHERE a = 1 AND OR NOT IN ( ) [ ] { } << >> , . ' \" ? INSERT INTO VALUE UPDATE SET REMOVE".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        try {
          parse(words.join(" "));
        } catch (error) {
          expect(error).toMatchObject({ code: "ValidationException" });
        }
      }),
    );
  });
});
