import { expect, test } from "vitest";
import type { AttributeValue } from "./attributeValue.ts";
import { itemSize, valueSize } from "./size.ts";

test.each<[AttributeValue, number]>([
  [{ S: "" }, 0],
  [{ S: "é" }, 2],
  [{ B: "AAEC" }, 3],
  [{ BOOL: false }, 1],
  [{ NULL: true }, 1],
  [{ N: "0" }, 1],
  [{ N: "5" }, 2],
  [{ N: "10" }, 2],
  [{ N: "1.5" }, 3],
  [{ N: "-5" }, 3],
  [{ N: "12345678901234567890123456789012345678" }, 20],
  [{ SS: ["a", "bc"] }, 3],
  [{ NS: ["1", "2"] }, 4],
  [{ BS: ["AAEC"] }, 3],
  [{ L: [] }, 3],
  [{ L: [{ S: "ab" }] }, 6],
  [{ M: { a: { S: "ab" } } }, 7],
])("%j has %i bytes", (value, size) => expect(valueSize(value)).toBe(size));

test("names count with their values", () => {
  expect(itemSize({})).toBe(0);
  expect(itemSize({ é: { S: "ab" }, b: { BOOL: true } })).toBe(6);
});
