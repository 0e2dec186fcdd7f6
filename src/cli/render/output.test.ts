import { expect, it } from "vitest";
import { duration } from "./output.ts";

it.each([
  [340, "340 ms"],
  [1234, "1.2 s"],
  [59_940, "59.9 s"],
  [59_999, "1 min 0 s"],
  [200_000, "3 min 20 s"],
  [7_500_000, "2 h 5 min"],
])("says %d ms as %s", (ms, text) => expect(duration(ms)).toBe(text));
