import fc from "fast-check";
import { expect, test } from "vitest";
import { type Hunk, linesOf, mergedText, parseHunks, regionsOf } from "./diff3.ts";

/** Hunks of what differs between two texts, found the simplest way: all but a common start and end. */
const hunksOf = (base: readonly string[], side: readonly string[]): readonly Hunk[] => {
  let from = 0;
  while (from < base.length && from < side.length && base[from] === side[from]) from += 1;
  let [to, end] = [base.length, side.length];
  while (to > from && end > from && base[to - 1] === side[end - 1]) {
    to -= 1;
    end -= 1;
  }
  return to === from && end === from ? [] : [{ from, to, length: end - from }];
};

const texts = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "d\n"), { maxLength: 12 });
const merge = (base: readonly string[], source: readonly string[], destination: readonly string[]) => {
  const versions = { base, source, destination };
  const regions = regionsOf(versions, hunksOf(base, source), hunksOf(base, destination));
  return { regions, text: (side: "source" | "destination") => mergedText(versions, regions, side) };
};

test("what one side alone changed is taken, and what both changed alike", () => {
  fc.assert(
    fc.property(texts, texts, (base, side) => {
      for (const [source, destination] of [
        [side, base],
        [base, side],
        [side, side],
      ] as const) {
        const merged = merge(base, source, destination);
        expect(merged.regions.some(({ isConflict }) => isConflict)).toBe(false);
        expect(merged.text("source")).toBe(side.join(""));
      }
    }),
  );
});

test("a conflict gives the lines of either side, and loses none of the rest", () => {
  fc.assert(
    fc.property(texts, texts, texts, texts, (start, one, other, end) => {
      const base = [...start, "x\n", ...end];
      const side = (middle: readonly string[]) => [...start, "1\n", ...middle, "2\n", ...end];
      const [source, destination] = [side(["s\n", ...one]), side(["d\n", ...other])];
      const merged = merge(base, source, destination);
      expect(merged.regions.filter(({ isConflict }) => isConflict)).toHaveLength(1);
      expect(merged.text("source")).toBe(source.join(""));
      expect(merged.text("destination")).toBe(destination.join(""));
    }),
  );
});

test("changes in different places are both taken", () => {
  const base = linesOf("1\n2\n3\n4\n5");
  const merged = merge(base, linesOf("1\ntwo\n3\n4\n5"), linesOf("1\n2\n3\n4\nfive"));
  expect(merged.text("source")).toBe("1\ntwo\n3\n4\nfive");
  expect(merged.regions).toEqual([
    expect.objectContaining({ taken: "source", base: { start: 1, end: 2 }, source: { start: 1, end: 2 } }),
    expect.objectContaining({ taken: "destination", base: { start: 4, end: 5 } }),
  ]);
});

test("heads of hunks are read", () => {
  const patch = "@@ -0,0 +1,2 @@\n+a\n+b\n@@ -3 +5 @@ f\n-x\n+y\n@@ -7,2 +8,0 @@\n-p\n-q\n";
  expect(parseHunks(patch)).toEqual([
    { from: 0, to: 0, length: 2 },
    { from: 2, to: 3, length: 1 },
    { from: 6, to: 8, length: 0 },
  ]);
});
