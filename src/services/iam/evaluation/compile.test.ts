import { expect, test } from "vitest";
import { compilePolicy, compilePolicyText } from "./compile.ts";

const document = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:Get*", Resource: "*" } };

test("a document is compiled once", () => {
  expect(compilePolicy(document)).toBe(compilePolicy(document));
  expect(compilePolicyText(JSON.stringify(document))).toBe(compilePolicyText(JSON.stringify(document)));
});

test("only the statements that speak of the action are asked", () => {
  expect(compilePolicy(document).statementsFor("s3:GetObject")).toHaveLength(1);
  expect(compilePolicy(document).statementsFor("s3:PutObject")).toHaveLength(0);
});

test("a document that should never have been stored is our bug", () => {
  expect(() => compilePolicy({ Statement: [{ Effect: "Perhaps" }] })).toThrow("without an effect");
  expect(() => compilePolicy({ Statement: "all" })).toThrow("no object");
  expect(() => compilePolicyText("[]")).toThrow("no object");
  const condition = { Effect: "Allow", Action: "*", Resource: "*", Condition: { Sometimes: { "aws:x": "y" } } };
  expect(() => compilePolicy({ Statement: [condition] })).toThrow("Sometimes");
});
