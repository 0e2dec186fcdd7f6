import assert from "node:assert/strict";
import { test } from "node:test";
import { parseProvider } from "./provider.ts";

const THIS_YEAR = 2026;
const ROW = { provider: "Example Cloud", launched: 2012, firstService: "Storage", url: "https://cloud.example/" };

const problemsOf = (value: unknown) => {
  const parsed = parseProvider(typeof value === "string" ? value : JSON.stringify(value), THIS_YEAR);
  return "problems" in parsed ? parsed.problems : [];
};

test("a complete row is taken, with the space around its texts removed", () => {
  const parsed = parseProvider(JSON.stringify({ ...ROW, provider: "  Example Cloud " }), THIS_YEAR);
  assert.deepEqual(parsed, { row: ROW });
});

test("what is not a JSON object is refused", () => {
  for (const body of ["", "{", "null", "[]", '"text"', "1"])
    assert.deepEqual(problemsOf(body), ["The body must be a JSON object."], body);
  assert.ok("problems" in parseProvider(undefined, THIS_YEAR));
});

test("every problem is named at once", () => {
  assert.equal(problemsOf({}).length, 4);
  assert.deepEqual(problemsOf({ ...ROW, colour: "blue" }), ["colour is not a field of a provider."]);
});

test("texts have a length, years a range", () => {
  assert.equal(problemsOf({ ...ROW, provider: "   " }).length, 1);
  assert.equal(problemsOf({ ...ROW, provider: "x".repeat(101) }).length, 1);
  for (const launched of [1989, THIS_YEAR + 1, 2012.5, "2012", null])
    assert.equal(problemsOf({ ...ROW, launched }).length, 1, String(launched));
  assert.deepEqual(problemsOf({ ...ROW, launched: THIS_YEAR }), []);
});

test("only web addresses may become links", () => {
  for (const url of ["javascript:alert(1)", "//cloud.example", "https://", "not a url", 7])
    assert.equal(problemsOf({ ...ROW, url }).length, 1, String(url));
});
