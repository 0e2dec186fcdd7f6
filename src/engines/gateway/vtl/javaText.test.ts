import { expect, test } from "vitest";
import { isEqual, javaList, javaText } from "./javaText.ts";

test.each([
  [{ a: 1, b: null }, "{a=1, b=null}"],
  [{ a: [{ b: "c" }] }, '{a=[{"b":"c"}]}'],
  [[1, "x"], '[1,"x"]'],
  [javaList([1, "x"]), "[1, x]"],
  [javaList([["x"]]), '[["x"]]'],
  [undefined, ""],
  [true, "true"],
])("%o is shown as %s", (value, text) => {
  expect(javaText(value)).toBe(text);
});

test.each([
  [undefined, "", true],
  [null, undefined, true],
  [[], "", false],
  [1, 1.0, true],
  [1, "1", true],
  ["a", "b", false],
  [{}, {}, true],
])("whether %o equals %o is %s", (one, other, equal) => {
  expect(isEqual(one, other)).toBe(equal);
});
