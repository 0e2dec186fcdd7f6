import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCondition } from "./parseCondition.ts";
import { prepareExpressions } from "./prepare.ts";
import type { ConditionSyntax, OperandSyntax, PathStep } from "./syntax.ts";
import { tokensOf } from "./tokens.ts";

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/).filter((it) => !/^(and|or|not|between|in)$/i.test(it));
const name: fc.Arbitrary<PathStep> = fc.oneof(
  word.map((it): PathStep => ({ kind: "name", name: it })),
  word.map((it): PathStep => ({ kind: "placeholder", placeholder: `#${it}` })),
);
const step = fc.oneof(
  name,
  fc.nat().map((index): PathStep => ({ kind: "index", digits: String(index) })),
);

const tree = fc.letrec<{ operand: OperandSyntax; condition: ConditionSyntax }>((tie) => {
  const call = fc.record({
    kind: fc.constant("call" as const),
    name: word,
    args: fc.array(tie("operand"), { minLength: 1, maxLength: 3 }),
  });
  const operands = (count: number) => fc.array(tie("operand"), { minLength: count, maxLength: count });
  const comparison = <O extends "=" | "<" | ">=" | "BETWEEN" | "IN">(operator: O, count: number) =>
    fc.record({ kind: fc.constant("comparison" as const), operator: fc.constant(operator), operands: operands(count) });
  return {
    operand: fc.oneof(
      { maxDepth: 2 },
      fc.tuple(name, fc.array(step, { maxLength: 3 })).map(([first, rest]): OperandSyntax => {
        return { kind: "path", steps: [first, ...rest] };
      }),
      word.map((it): OperandSyntax => ({ kind: "value", placeholder: `:${it}` })),
      call,
    ),
    condition: fc.oneof(
      { maxDepth: 4 },
      comparison("=", 2),
      comparison("<", 2),
      comparison(">=", 2),
      comparison("BETWEEN", 3),
      comparison("IN", 3),
      call,
      fc.record({ kind: fc.constant("not" as const), condition: tie("condition") }),
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        left: tie("condition"),
        right: tie("condition"),
      }),
    ),
  };
});

const STRENGTH = { or: 0, and: 1, not: 2, comparison: 3, call: 3 } as const;

/** A condition's text, with parentheses only where they are needed. */
const textOf = (condition: ConditionSyntax, strength = 0): string => {
  const own = STRENGTH[condition.kind];
  const text = bareText(condition, own);
  return own < strength ? `(${text})` : text;
};

const bareText = (condition: ConditionSyntax, own: number): string => {
  switch (condition.kind) {
    case "and":
    case "or":
      return `${textOf(condition.left, own)} ${condition.kind} ${textOf(condition.right, own + 1)}`;
    case "not":
      return `NOT ${textOf(condition.condition, own)}`;
    case "call":
      return operandText(condition);
    case "comparison": {
      const [first, ...rest] = condition.operands.map(operandText);
      if (condition.operator === "BETWEEN") return `${first} BETWEEN ${rest.join(" AND ")}`;
      return condition.operator === "IN" ? `${first} IN (${rest.join(", ")})` : `${first}${condition.operator}${rest}`;
    }
  }
};

const operandText = (operand: OperandSyntax): string => {
  if (operand.kind === "value") return operand.placeholder;
  if (operand.kind === "call") return `${operand.name}(${operand.args.map(operandText).join(",")})`;
  return operand.steps.map(stepText).join("").replace(/^\./, "");
};

const stepText = (it: PathStep): string =>
  it.kind === "index" ? `[${it.digits}]` : `.${it.kind === "name" ? it.name : it.placeholder}`;

test("a condition's text parses to the condition", () => {
  fc.assert(
    fc.property(tree.condition, (condition) => {
      expect(parseCondition(textOf(condition)).syntax).toEqual(condition);
    }),
    { numRuns: 500 },
  );
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    ..."SET REMOVE ADD DELETE and OR not between in a b #a #b :a :b size( contains( if_not_exists( ( ) [ ] 0 1 . , = < <> >= + - ! _".split(
      " ",
    ),
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.array(pieces, { maxLength: 20 }).map((it) => it.join(" ")),
  );

  test("splits into tokens that cover it", () => {
    fc.assert(
      fc.property(text, (it) => {
        const tokens = tokensOf(it);
        expect(tokens.at(-1)).toMatchObject({ kind: "end", start: it.length });
        const covered = tokens.slice(0, -1);
        expect(covered.map(({ start, end }) => it.slice(start, end))).toEqual(covered.map((token) => token.text));
        expect(covered.map((token) => token.text).join("")).toBe(it.replace(/[ \t\r\n]+/g, ""));
      }),
    );
  });

  test("is an expression or is refused, never anything else", () => {
    const parameter = fc.constantFrom(
      "UpdateExpression",
      "ConditionExpression",
      "KeyConditionExpression",
      "ProjectionExpression",
    );
    fc.assert(
      fc.property(parameter, text, (it, expression) => {
        try {
          prepareExpressions({ [it]: expression });
        } catch (error) {
          expect(error).toMatchObject({ name: "ValidationException" });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
