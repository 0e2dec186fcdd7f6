import { expect, test } from "vitest";
import { modelFaults } from "./modelFaults.ts";

const faultOf = (schema: object, body: unknown) =>
  modelFaults([{ name: "M", schema: JSON.stringify(schema) }], (name) => `https://models/${name}`)(
    "M",
    JSON.stringify(body),
  );

test.each([
  [
    { required: ["b", "a"], properties: { c: { type: "string" } } },
    { c: 1 },
    '[object has missing required properties (["a","b"]), instance type (integer) does not match any allowed primitive type (allowed: ["string"])]',
  ],
  [
    { type: "number" },
    "x",
    '[instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])]',
  ],
  [{ type: ["string", "null"] }, [], /instance type \(array\) .*\(allowed: \["null","string"\]\)/],
  [
    { properties: { a: {} }, additionalProperties: false },
    { y: 1, x: 2 },
    '[object instance has properties which are not allowed by the schema: ["x","y"]]',
  ],
  [{ enum: ["a", 1] }, "b", '[instance value ("b") not found in enum (possible values: ["a",1])]'],
  [{ minLength: 2 }, "A", '[string "A" is too short (length: 1, required minimum: 2)]'],
  [{ maxLength: 1 }, "AB", '[string "AB" is too long (length: 2, maximum allowed: 1)]'],
  [{ pattern: "^a" }, "b", '[ECMA 262 regex "^a" does not match input string "b"]'],
  [{ minimum: 3 }, 2, "[numeric instance is lower than the required minimum (minimum: 3, found: 2)]"],
  [{ maximum: 3, exclusiveMaximum: true }, 3, "[numeric instance is not strictly lower than the required maximum 3]"],
  [{ multipleOf: 2 }, 3, "[remainder of division is not zero (3 / 2)]"],
  [{ minItems: 1 }, [], "[array is too short: must have at least 1 elements but instance has 0 elements]"],
  [{ maxItems: 1 }, [1, 2], "[array is too long: must have at most 1 elements but instance has 2 elements]"],
  [
    { items: [{}], additionalItems: false },
    [1, 2],
    "[schema only allows 1 elements in array but instance has 2 elements]",
  ],
  [{ uniqueItems: true }, [1, 1], "[array must not contain duplicate elements]"],
  [{ minProperties: 1 }, {}, "[object has too few properties (found 0 but schema requires at least 1)]"],
  [{ maxProperties: 0 }, { a: 1 }, "[object has too many properties (found 1 but schema requires at most 0)]"],
  [
    { anyOf: [{ type: "string" }, { minimum: 5 }] },
    1,
    "[instance failed to match at least one required schema among 2]",
  ],
  [{ oneOf: [{}, {}, { minimum: 5 }] }, 1, "[instance failed to match exactly one schema (matched 2 out of 3)]"],
  [{ not: {} }, 1, "[instance matched a schema which it should not have]"],
])("by %j, of %j", (schema, body, text) => {
  expect(faultOf(schema, body)).toEqual(typeof text === "string" ? text : expect.stringMatching(text));
});
