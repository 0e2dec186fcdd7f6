import { expect, test } from "vitest";
import { inPayloads, parted } from "./batches.ts";
import { MAX_BATCH_BYTES } from "./limits.ts";

const message = (body: string) => ({ messageId: "m", receiptHandle: "r", body, attributes: {} });

test("messages that do not fit into one event become several", () => {
  const half = message("x".repeat(MAX_BATCH_BYTES / 2));
  const small = message("y");
  expect(inPayloads([])).toEqual([]);
  expect(inPayloads([small, small])).toEqual([[small, small]]);
  expect(inPayloads([half, half, small])).toEqual([[half], [half, small]]);
});

test("items are parted by a test, each side in its order", () => {
  expect(parted([1, 2, 3, 4], (item) => item % 2 === 0)).toEqual([
    [2, 4],
    [1, 3],
  ]);
});
