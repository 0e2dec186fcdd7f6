import { expect, test } from "vitest";
import { itemsOf, Loop } from "./loop.ts";

test("a loop tells how far it has come, and of the loops around it", () => {
  const outer = new Loop(0, 2, undefined);
  const inner = new Loop(1, 2, outer);
  expect(outer).toMatchObject({ index: 0, count: 1, hasNext: true, first: true, last: false, parent: undefined });
  expect(inner).toMatchObject({ index: 1, count: 2, hasNext: false, first: false, last: true });
  expect([inner.parent, inner.topmost, outer.topmost]).toEqual([outer, outer, outer]);
});

test.each([
  [
    [1, 2],
    [1, 2],
  ],
  [{ a: 1, b: 2 }, [1, 2]],
  ["text", []],
  [null, []],
  [undefined, []],
  [Array(1001).fill(0), Array(1000).fill(0)],
])("a loop over %o goes over %o", (value, items) => {
  expect(itemsOf(value)).toEqual(items);
});
