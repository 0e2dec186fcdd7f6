import { expect, test } from "vitest";
import { isBinary } from "./request.ts";

test.each([
  [["image/png"], "image/png", true],
  [["image/png"], "image/png;q=0.9", true],
  [["image/png"], "image/webp,image/png", false],
  [["image/*"], "image/png", true],
  [["*/*"], "anything/at-all", true],
  [["*/*"], undefined, true],
  [["image/png"], "*/*", false],
  [["*/test"], "*/test", false],
  [["*/test"], "random/test", false],
  [["image/png"], undefined, false],
] as const)("of the types %j, %s is binary: %s", (types, contentType, expected) => {
  expect(isBinary(types, contentType)).toBe(expected);
});
