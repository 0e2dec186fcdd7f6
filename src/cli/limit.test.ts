import { expect, it } from "vitest";
import { parseLimit } from "./limit.ts";
import { UsageError } from "./settings.ts";

it("takes whole numbers above 0, and nothing else", () => {
  expect([parseLimit("1"), parseLimit("200")]).toEqual([1, 200]);
  for (const text of ["", "0", "-1", "1.5", "x", undefined]) expect(() => parseLimit(text)).toThrow(UsageError);
});
