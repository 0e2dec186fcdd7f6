import { expect, test } from "vitest";
import { patternFault } from "./patternFault.ts";

test.each<[unknown, string | undefined]>([
  [{ a: ["x", 1, null, true] }, undefined],
  [{ a: [{ prefix: "x" }, { suffix: { "equals-ignore-case": "x" } }] }, undefined],
  [{ a: [{ numeric: [">=", 1, "<", 5] }, { numeric: ["=", 1] }, { numeric: ["<", 2] }] }, undefined],
  [
    {
      a: [
        { "anything-but": ["x", "y"] },
        { "anything-but": 1 },
        { "anything-but": { prefix: "x" } },
        { exists: false },
      ],
    },
    undefined,
  ],
  [{ a: [{ cidr: "10.0.0.0/8" }, { cidr: "2001:db8::/32" }] }, undefined],
  [{ $or: [{ a: ["x"] }, { b: [{ exists: true }] }] }, undefined],
  [[], "Filter is not an object"],
  [{}, "Empty objects are not allowed"],
  [{ a: [] }, "Empty arrays are not allowed"],
  [{ a: "x" }, '"a" must be an object or an array'],
  [{ a: [["x"]] }, "Match value must be String, number, true, false, or null"],
  [{ a: [{ like: true }] }, "Unrecognized match type like"],
  [{ a: [{ constructor: true }] }, "Unrecognized match type constructor"],
  [{ a: [{ suffix: "x", prefix: "y" }] }, "Only one key allowed in match expression"],
  [{ a: [{ suffix: 100 }] }, "suffix match pattern must be a string"],
  [{ a: [{ exists: "no" }] }, "exists match pattern must be either true or false."],
  [{ a: [{ "anything-but": { exists: false } }] }, "Unsupported anything-but pattern: exists"],
  [
    { a: [{ "anything-but": { prefix: false } }] },
    "Value of anything-but must be an array or single string/number value.",
  ],
  [{ a: [{ "anything-but": { prefix: 1 } }] }, "prefix/suffix match pattern must be a string"],
  [{ a: [{ "anything-but": { suffix: "" } }] }, "Null prefix/suffix not allowed"],
  [
    { a: [{ "anything-but": ["x", 1] }] },
    "Inside anything but list, either all values are number or string, mixed type is not supported",
  ],
  [{ a: [{ prefix: { suffix: "x" } }] }, "Unsupported prefix pattern: suffix"],
  [{ a: [{ wildcard: "a**b" }] }, "Consecutive wildcard characters at pos 2"],
  [{ a: [{ wildcard: "a\\*b\\\\" }] }, undefined],
  [{ a: [{ wildcard: "a\\b" }] }, "Invalid escape character at pos 2"],
  [{ a: [{ cidr: "10.0.0.0/33" }] }, "IPv4 mask bits must be < 32"],
  [{ $or: [{ a: [1] }] }, "There must have at least 2 Objects in $or relationship."],
  [{ $or: { a: [1] } }, "It must be an Array followed with $or."],
  [{ $or: [{ a: [1] }, "b"] }, "Only JSON object is allowed in array of $or relationship."],
  [{ $or: [{ prefix: [1] }, { a: [1] }] }, "prefix is Ruler reserved fieldName which cannot be used inside $or."],
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
  expect(patternFault(JSON.stringify(pattern))?.split("\n")[0]).toBe(fault);
});

test.each<[string, string]>([
  ['{"int": 42}', "line: 1, column: 11"],
  ['{"string": "my-value"}', "line: 1, column: 13"],
  ['{"a": []}', "line: 1, column: 9"],
  ['{"a": [{"EXISTS": true}]}', "line: 1, column: 23"],
  ['{"key":[{"suffix":"value","prefix":"value2"}]}', "line: 1, column: 37"],
  ['{"key":[{"numeric":[">",3,"<",1]}]}', "line: 1, column: 33"],
  ['{"key":[{"numeric":["operator"]}]}', "line: 1, column: 32"],
  ['{"key":\n[{"suffix":[]}]}', "line: 2, column: 13"],
])("the place of what is wrong in %s is said", (pattern, place) => {
  expect(patternFault(pattern)).toMatch(`\n at [Source: (String)"${pattern}"; ${place}]`);
});

test("within a list the place is said twice, of an address not at all, and a long text is cut", () => {
  expect(patternFault('{"a":[{"anything-but":["x",null]}]}')?.split("\n")).toHaveLength(3);
  expect(patternFault('{"a":[{"cidr":"x"}]}')).toBe("Malformed CIDR, one '/' required");
  expect(patternFault(`{"a":"${"x".repeat(600)}"}`)).toMatch(/x"\[truncated 108 chars\]; line: 1, column: 7\]$/);
});

test("SNS knows fewer operators", () => {
  expect(patternFault('{"a":[{"anything-but":{"suffix":"x"}}]}', "SNS")).toMatch(
    "Unsupported anything-but pattern: suffix",
  );
  expect(patternFault('{"a":[{"anything-but":{"prefix":false}}]}', "SNS")).toMatch(
    "prefix match pattern must be a string",
  );
  expect(patternFault('{"a":[{"wildcard":"x*"}]}', "SNS")).toMatch("Unrecognized match type wildcard");
});
