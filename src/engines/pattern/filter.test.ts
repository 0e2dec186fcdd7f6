import { expect, test } from "vitest";
import { filterOf } from "./filter.ts";

test("an item passes when one of the patterns fits it, and every item where there are none", () => {
  const passes = filterOf(['{"a":[1]}', '{"b":["x"]}']);
  expect([{ a: 1 }, { b: "x" }, { a: 2, b: "y" }, {}].map(passes)).toEqual([true, true, false, false]);
  expect(filterOf(undefined)({})).toBe(true);
});
