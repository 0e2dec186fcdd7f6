import { describe, expect, test } from "vitest";
import type { InputItem } from "../values/readValue.ts";
import { type ExpressionInput, prepareExpressions } from "./prepare.ts";

const VALUES: InputItem = {
  ":s": { S: "b" },
  ":t": { S: "a" },
  ":n": { N: "1" },
  ":l": { L: [] },
  ":ss": { SS: ["a"] },
  ":m": { M: {} },
  ":true": { BOOL: true },
};

/** Gives an expression just the values it names: what is not used is a fault of its own. */
const withValues = (text: string): ExpressionInput => {
  const used = Object.entries(VALUES).filter(([name]) => text.match(/:\w+/g)?.includes(name));
  return used.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(used) };
};

const refused = (input: ExpressionInput, message: string): void =>
  expect(() => prepareExpressions(input)).toThrow(expect.objectContaining({ name: "ValidationException", message }));

describe("syntax errors show the token and its neighbours", () => {
  test.each([
    ["UpdateExpression", "INVALID SYNTAX HERE", "INVALID", "INVALID SYNTAX"],
    ["UpdateExpression", "ADD hits : incr", ":", "hits : incr"],
    ["UpdateExpression", "SET _123 = :s", "_", "SET _123"],
    ["UpdateExpression", "SET a = b, #, = c", "#", ", #,"],
    ["UpdateExpression", "SET a = :n + :n + :n", "+", ":n + :n"],
    ["UpdateExpression", "SET a = if_not_exists(a + :n, :n)", "+", "a + :n"],
    ["UpdateExpression", "SET a[:n] = :n", ":n", "[:n]"],
    ["UpdateExpression", "SET remove = :n", "remove", "SET remove ="],
    ["UpdateExpression", "SET a = :s,", "<EOF>", ","],
    ["ConditionExpression", "a = :n AND NOT #b", "<EOF>", "#b"],
    ["ConditionExpression", "a != :n", "!", "a !="],
    ["ConditionExpression", "a", "<EOF>", "a"],
    ["ConditionExpression", "a IN ()", ")", "()"],
    ["ConditionExpression", "(a = :n", "<EOF>", ":n"],
    ["ConditionExpression", "a BETWEEN :n OR :n", "OR", ":n OR :n"],
    ["ProjectionExpression", "a, ,b", ",", ", ,b"],
    ["ProjectionExpression", "a.0", "0", ".0"],
    ["ProjectionExpression", "a[-1]", "-", "[-1"],
    ["ProjectionExpression", "!!!", "!", "!!"],
  ] as const)("%s %s", (parameter, text, token, near) =>
    refused(
      { ...withValues(text), [parameter]: text },
      `Invalid ${parameter}: Syntax error; token: "${token}", near: "${near}"`,
    ),
  );
});

describe("conditions are refused in AWS's words", () => {
  test.each([
    ["", "The expression can not be empty;"],
    [`a = :s AND ${"x".repeat(4090)}`, "Expression size has exceeded the maximum allowed size; expression size: 4101"],
    ["((a = :n))", "The expression has redundant parentheses;"],
    ["((a)) = :n", "The expression has redundant parentheses;"],
    [
      Array.from({ length: 151 }, () => "a<b").join(" OR "),
      "The expression contains too many operators; operator count: 301",
    ],
    ["dog(a)", "Invalid function name; function: dog"],
    ["Contains(a, :s)", "Invalid function name; function: Contains"],
    ["if_not_exists(a, :s) = :s", "The function is not allowed in a condition expression; function: if_not_exists"],
    ["size(a)", "The function is not allowed to be used this way in an expression; function: size"],
    ["NOT size(a)", "The function is not allowed to be used this way in an expression; function: size"],
    [
      "attribute_exists(a) = :true",
      "The function is not allowed to be used this way in an expression; function: attribute_exists",
    ],
    ["status = :s", "Attribute name is a reserved keyword; reserved keyword: status"],
    ["a.Name = :s", "Attribute name is a reserved keyword; reserved keyword: Name"],
    ["a = :missing", "An expression attribute value used in expression is not defined; attribute value: :missing"],
    ["#a = :s", "An expression attribute name used in the document path is not defined; attribute name: #a"],
    [
      "a = a",
      "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
    ],
    [
      "contains(a[0].b, a[0].b)",
      "The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [a, [0], b]",
    ],
    [
      "size(a, b) = :n",
      "Incorrect number of operands for operator or function; operator or function: size, number of operands: 2",
    ],
    [
      "begins_with(a)",
      "Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1",
    ],
    ["attribute_exists(:s)", "Operator or function requires a document path; operator or function: attribute_exists"],
    [
      "begins_with(a, :n)",
      "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
    ],
    ["size(:n) = :n", "Incorrect operand type for operator or function; operator or function: size, operand type: N"],
    [
      "size(size(a)) = :n",
      "Incorrect operand type for operator or function; operator or function: size, operand type: N",
    ],
    ["a < :l", "Incorrect operand type for operator or function; operator or function: <, operand type: L"],
    [
      "attribute_type(a, :s)",
      "Invalid attribute type name found; type: b, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
    ],
    [
      "attribute_type(a, b)",
      "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
    ],
    [
      "a BETWEEN :s AND :n",
      "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {N:1}",
    ],
    [
      "a BETWEEN :s AND :t",
      "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}",
    ],
    [
      `a IN (${Array.from({ length: 101 }, () => ":n").join(", ")})`,
      "The IN operator is provided with too many operands; number of operands: 101",
    ],
    [`a${".b".repeat(32)} = :n`, "The document path has too many nesting levels; nesting levels: 33"],
    ["a[99999999999999] = :n", "List index is not within the allowable range; index: [99999999999999]"],
  ])("%s", (text, message) =>
    refused({ ...withValues(text), FilterExpression: text }, `Invalid FilterExpression: ${message}`),
  );

  test("the gravest fault first, wherever it stands", () => {
    refused(
      { ConditionExpression: "status = :missing AND dog(a)" },
      "Invalid ConditionExpression: Invalid function name; function: dog",
    );
  });

  test("text as deep as an expression can be", () => {
    for (const text of [
      "(".repeat(4000),
      `${"(".repeat(2000)}a<b${")".repeat(2000)}`,
      `a < ${"f(".repeat(1300)}b${")".repeat(1300)}`,
    ])
      expect(() => prepareExpressions({ ConditionExpression: text })).toThrow(/^Invalid ConditionExpression: /);
    expect(() => prepareExpressions({ ConditionExpression: `${"not ".repeat(1000)}a<b` })).toThrow(
      "The expression contains too many operators; operator count: 301",
    );
  });
});

describe("updates are refused in AWS's words", () => {
  test.each([
    ["SET a = :s SET b = :s", 'The "SET" section can only be used once in an update expression;'],
    ["SET data = :s", "Attribute name is a reserved keyword; reserved keyword: data"],
    ["SET a = dog(a)", "Invalid function name; function: dog"],
    ["SET a = size(a)", "The function is not allowed in an update expression; function: size"],
    [
      "SET a = list_append(list_append(:l, :l), :l)",
      "The function is not allowed to be used this way in an expression; function: list_append",
    ],
    [
      "SET a = :s REMOVE a",
      "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]",
    ],
    [
      "SET a.b[0] = :s, a.b = :s",
      "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b, [0]], path two: [a, b]",
    ],
    [
      "SET a.b = :s REMOVE a[1]",
      "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]",
    ],
    [
      "ADD a :s",
      "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
    ],
    [
      "DELETE a :n",
      "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
    ],
    ["SET a = :s + :n", "Incorrect operand type for operator or function; operator or function: +, operand type: S"],
    [
      "SET a = list_append(a, :s)",
      "Incorrect operand type for operator or function; operator or function: list_append, operand type: S",
    ],
    [
      "SET a = list_append(a)",
      "Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1",
    ],
    [
      "SET a = if_not_exists(:s, :s)",
      "Operator or function requires a document path; operator or function: if_not_exists",
    ],
    ["SET a = :missing", "An expression attribute value used in expression is not defined; attribute value: :missing"],
    [
      "SET a = :missing REMOVE #b",
      "An expression attribute name used in the document path is not defined; attribute name: #b",
    ],
  ])("%s", (text, message) =>
    refused({ ...withValues(text), UpdateExpression: text }, `Invalid UpdateExpression: ${message}`),
  );
});

describe("placeholders", () => {
  test.each<[string, ExpressionInput, string]>([
    ["no names", { ExpressionAttributeNames: {} }, "ExpressionAttributeNames must not be empty"],
    ["no values", { ExpressionAttributeValues: {} }, "ExpressionAttributeValues must not be empty"],
    [
      "a name without #",
      { ExpressionAttributeNames: { a: "a" } },
      'ExpressionAttributeNames contains invalid key: Syntax error; key: "a"',
    ],
    [
      "a value without :",
      { ExpressionAttributeValues: { a: { S: "a" } } },
      'ExpressionAttributeValues contains invalid key: Syntax error; key: "a"',
    ],
    [
      "an empty name",
      { ExpressionAttributeNames: { "#a": "" } },
      "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a",
    ],
    [
      "an invalid value",
      { ExpressionAttributeValues: { ":a": { SS: [] } } },
      "One or more parameter values were invalid: An string set  may not be empty",
    ],
    [
      "unused names",
      { ProjectionExpression: "a", ExpressionAttributeNames: { "#a": "a", "#b": "b" } },
      "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}",
    ],
    [
      "unused values",
      { FilterExpression: "a = b", ExpressionAttributeValues: { ":a": { S: "a" } } },
      "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}",
    ],
  ])("%s", (_, input, message) => refused(input, message));

  test("one request's expressions share them", () => {
    const names = { "#a": "and.or", "#b": "b" };
    expect(
      prepareExpressions({
        ConditionExpression: "#a = :n",
        ProjectionExpression: "#b.#a[3]",
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ":n": { N: "1" } },
      }),
    ).toMatchObject({ condition: { left: { path: ["and.or"] } }, projection: [["b", "and.or", 3]] });
  });
});

describe("key conditions", () => {
  const keyConditions = (text: string) =>
    prepareExpressions({ ...withValues(text), KeyConditionExpression: text }).keyConditions;

  test.each([
    ["p = :s", [{ name: "p", operator: "=", value: { S: "b" } }]],
    [
      "(:n <= c) AND (p = :s)",
      [
        { name: "c", operator: ">=", value: { N: "1" } },
        { name: "p", operator: "=", value: { S: "b" } },
      ],
    ],
    ["c between :t AND :s", [{ name: "c", operator: "BETWEEN", low: { S: "a" }, high: { S: "b" } }]],
    ["begins_with(c, :s)", [{ name: "c", operator: "BEGINS_WITH", value: { S: "b" } }]],
  ])("%s", (text, expected) => expect(keyConditions(text)).toEqual(expected));

  test.each([
    ["p <> :s", "Invalid operator used in KeyConditionExpression: <>"],
    ["p = :s OR c = :n", "Invalid operator used in KeyConditionExpression: OR"],
    ["NOT p = :s", "Invalid operator used in KeyConditionExpression: NOT"],
    ["p IN (:s)", "Invalid operator used in KeyConditionExpression: IN"],
    ["attribute_exists(p)", "Invalid operator used in KeyConditionExpression: attribute_exists"],
    ["p = :s AND p = :t", "KeyConditionExpressions must only contain one condition per key"],
    ["p.a = :s", "KeyConditionExpressions cannot have conditions on nested attributes"],
    ["size(p) = :n", "KeyConditionExpressions cannot contain nested operations"],
    ["p = c", "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"],
    [":s = :t", "Invalid condition in KeyConditionExpression: No key attribute specified"],
    [
      ":s BETWEEN p AND :t",
      "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand",
    ],
    [
      "begins_with(:s, p)",
      "Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand",
    ],
  ])("refuses %s", (text, message) => refused({ ...withValues(text), KeyConditionExpression: text }, message));
});

test("where AWS says which value is at fault, it is named", () => {
  const input = { ExpressionAttributeValues: { ":a": { SS: [] } } };
  expect(() => prepareExpressions(input, "named")).toThrow(
    "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An string set  may not be empty for key :a",
  );
});

test("placeholders stand for two megabytes together at most", () => {
  const half = { S: "x".repeat(1024 * 1024) };
  const input = {
    ConditionExpression: "a = :one OR a = :two",
    ExpressionAttributeValues: { ":one": half, ":two": half },
  };
  expect(prepareExpressions(input).condition).toBeDefined();
  refused(
    {
      ...input,
      ConditionExpression: `${input.ConditionExpression} OR #b = :one`,
      ExpressionAttributeNames: { "#b": "b" },
    },
    "The total size of ExpressionAttributeNames and ExpressionAttributeValues exceeds 2097152 bytes",
  );
});
