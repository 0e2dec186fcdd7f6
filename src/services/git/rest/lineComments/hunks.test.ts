import { describe, expect, it } from "vitest";
import { lineAt, lineAtPosition, linesOf } from "./hunks.ts";

const PATCH = [
  "@@ -1,3 +1,3 @@",
  " one",
  "-two",
  "+zwei",
  " three",
  "@@ -10,2 +10,2 @@ function",
  " ten",
  "-eleven",
  "\\ No newline at end of file",
  "+elf",
  "",
].join("\n");

describe("a patch", () => {
  it("has its lines by the numbers before and after, and by their positions", () => {
    expect([...linesOf(PATCH)].map(({ LEFT, RIGHT, position }) => [LEFT, RIGHT, position])).toEqual([
      [1, 1, 1],
      [2, undefined, 2],
      [undefined, 2, 3],
      [3, 3, 4],
      [10, 10, 6],
      [11, undefined, 7],
      [undefined, 11, 9],
    ]);
  });

  it("shows of a hunk what comes before a line, and has no lines that did not change", () => {
    expect(lineAt(PATCH, 2, "RIGHT")?.hunk).toBe("@@ -1,3 +1,3 @@\n one\n-two\n+zwei");
    expect(lineAt(PATCH, 2, "LEFT")?.hunk).toBe("@@ -1,3 +1,3 @@\n one\n-two");
    expect(lineAtPosition(PATCH, 6)?.RIGHT).toBe(10);
    expect([lineAt(PATCH, 5, "RIGHT"), lineAtPosition(PATCH, 5)]).toEqual([undefined, undefined]);
  });
});
