import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathPattern } from "./glob.ts";

const matches = (pattern: string, path: string) => pathPattern(pattern).matches(path);

describe("a path pattern", () => {
  it.each([
    ["**/*", "a", true],
    ["**/*", "a/b/.c", true],
    ["dist/*", "dist/a.js", true],
    ["dist/*", "dist/a/b.js", false],
    ["dist/**/*", "dist/a/b.js", true],
    ["dist/**/*", "dist/b.js", true],
    ["dist/**", "dist/a/b.js", true],
    ["./a//b/", "a/b", true],
    ["*.ym?", "a.yml", true],
    ["*.ym?", "a/b.yml", false],
    ["{a,b}.{js,ts}", "b.ts", true],
    ["{a,b}.js", "c.js", false],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["a.b", "axb", false],
    ["a+(b)", "a+(b)", true],
    ["/root/.npm/**/*", "/root/.npm/x/y", true],
    ["a{b", "a{b", true],
  ])("%s on %s: %s", (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it("knows the folder before its first wildcard", () => {
    expect(pathPattern("a/b/*.js").root).toBe("a/b");
    expect(pathPattern("**/*").root).toBe("");
    expect(pathPattern("/x/*").root).toBe("/x");
    expect(pathPattern("a/b.js")).toMatchObject({ root: "a/b.js", isLiteral: true });
  });

  it("never breaks, and names without wildcards match themselves only", () => {
    fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => void matches(a, b)));
    const plain = fc.stringMatching(/^[a-z.+()^$|\\]{1,8}$/);
    fc.assert(fc.property(plain, plain, (a, b) => matches(a, b) === (a === b)));
  });
});
