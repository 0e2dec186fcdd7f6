import { expect, test } from "vitest";
import { patternFault } from "./patternFault.ts";

test.each<[unknown, string | undefined]>([
  [{ a: ["x", 1, null, true] }, undefined],
  [{ a: [{ prefix: "x" }, { suffix: { "equals-ignore-case": "x" } }] }, undefined],
  [{ a: [{ numeric: [">=", 1, "<", 5] }, { numeric: ["=", 1] }, { numeric: ["<", 2] }] }, undefined],
  [{ a: [{ "anything-but": ["x", 1] }, { "anything-but": { prefix: "x" } }, { exists: false }] }, undefined],
  [{ a: [{ cidr: "10.0.0.0/8" }, { cidr: "2001:db8::/32" }] }, undefined],
  [{ $or: [{ a: ["x"] }, { b: [{ exists: true }] }] }, undefined],
  [[], "Filter is not an object"],
  [{}, "Empty patterns are not allowed"],
  [{ a: [] }, "Empty arrays are not allowed"],
  [{ a: "x" }, '"a" must be an object or an array'],
  [{ a: [["x"]] }, "Match value must be String, number, true, false, or null"],
  [{ a: [{ like: true }] }, "Unrecognized match type like"],
  [{ a: [{ constructor: true }] }, "Unrecognized match type constructor"],
  [{ a: [{ suffix: "x", prefix: "y" }] }, "Only one key allowed in match expression"],
  [{ a: [{ suffix: 100 }] }, "suffix match pattern must be a string"],
  [{ a: [{ exists: "no" }] }, "exists match pattern must be either true or false."],
  [{ a: [{ "anything-but": { exists: false } }] }, "Unsupported anything-but pattern: exists"],
  [{ a: [{ "anything-but": { prefix: false } }] }, "prefix match pattern must be a string"],
  [{ a: [{ cidr: "x" }] }, "Malformed CIDR, one '/' required"],
  [{ a: [{ cidr: "x/8" }] }, "Nonstandard IP address: x"],
  [{ a: [{ cidr: "10.0.0.0/x" }] }, "Malformed CIDR, mask bits must be an integer"],
  [{ a: [{ numeric: [] }] }, "Invalid member in numeric match: ]"],
  [{ a: [{ numeric: [1, "<="] }] }, "Invalid member in numeric match: 1"],
  [{ a: [{ numeric: ["~"] }] }, "Unrecognized numeric range operator: ~"],
  [{ a: [{ numeric: ["=", "0"] }] }, "Value of equals must be numeric"],
  [{ a: [{ numeric: [">="] }] }, "Value of >= must be numeric"],
  [{ a: [{ numeric: ["<", 100, ">", 10] }] }, "Too many elements in numeric expression"],
  [{ a: [{ numeric: [">=", 1, ">", 2] }] }, "Bad numeric range operator: >"],
  [{ a: [{ numeric: [">", 3, "<", 1] }] }, "Bottom must be less than top"],
  [{ a: [{ numeric: [">", 20, 30] }] }, "Bad value in numeric range: 30"],
  [{ a: [{ numeric: [">", 20, "<="] }] }, "Value of <= must be numeric"],
  [{ a: [{ numeric: [">", 20, "<", 30, "<", 50] }] }, "Too many terms in numeric range expression"],
])("%j: %s", (pattern, fault) => {
  expect(patternFault(pattern)).toBe(fault);
});
