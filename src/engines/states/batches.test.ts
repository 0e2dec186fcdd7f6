import fc from "fast-check";
import { expect, test } from "vitest";
import { batchesOf } from "./batches.ts";

const items = fc.array(fc.oneof(fc.integer(), fc.string(), fc.record({ n: fc.integer() })));

const itemsIn = (input: unknown): unknown[] => (input as { Items: unknown[] }).Items;

test("hold every item once, in order, and no more than they may", () => {
  fc.assert(
    fc.property(items, fc.nat(5), fc.nat(80), (given, maxItems, maxBytes) => {
      const batches = batchesOf(given, { maxItems, maxBytes, input: { a: 1 } });
      expect(batches.flatMap(({ input }) => itemsIn(input))).toEqual(given);
      for (const { input, items: count } of batches) {
        expect(itemsIn(input)).toHaveLength(count);
        if (maxItems > 0) expect(count).toBeLessThanOrEqual(maxItems);
        // One item alone may be larger.
        if (maxBytes > 0 && count > 1) expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThanOrEqual(maxBytes);
      }
    }),
  );
});
