import { expect, test } from "vitest";
import { outlineOf } from "./outline.ts";
import { requireValues, stackParameters } from "./stackParameters.ts";

const { parameters } = outlineOf(
  "Parameters:\n  Bucket: { Type: String, Description: Where files go }\n  Key: { Type: String }\n  Mode: { Type: String, Default: a }",
);
const stack = { Parameters: [{ ParameterKey: "Mode", ParameterValue: "b" }] };

test("what is not given keeps the stack's value, and what the stack has not has its default", () => {
  expect(stackParameters(["Bucket", "Mode", "Key"], { Bucket: "files" }, stack)).toEqual([
    { ParameterKey: "Bucket", ParameterValue: "files" },
    { ParameterKey: "Mode", UsePreviousValue: true },
  ]);
  expect(stackParameters(["Mode"], {}, undefined)).toEqual([]);
});

test("a parameter that nobody gives a value is asked for with what it is", () => {
  const without = (given: readonly string[], existing?: object) => () => requireValues(parameters, given, existing);
  expect(without([])).toThrow("These parameters have no value: Bucket (Where files go), Key.");
  expect(without(["Key"])).toThrow(
    expect.objectContaining({
      message: "The parameter Bucket (Where files go) has no value.",
      next: "aloft launch --parameter Bucket=VALUE",
    }),
  );
  without(["Key"], { Parameters: [{ ParameterKey: "Bucket" }] })();
});

test("of a template that cannot be read nothing is known", () =>
  expect(outlineOf("Resources: [")).toEqual({ resources: 0, parameters: [] }));
