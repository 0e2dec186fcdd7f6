import { expect, test } from "vitest";
import { filled } from "./pathValues.ts";

test("each star of an address is a value in turn, encoded; those without one are empty", () => {
  expect(filled("http://localhost/a/*/b/*?c=*", ["1 2", "x/y"])).toBe("http://localhost/a/1%202/b/x%2Fy?c=");
  expect(filled("http://localhost/plain", ["unused"])).toBe("http://localhost/plain");
});
