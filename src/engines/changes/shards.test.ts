import { expect, test } from "vitest";
import type { ChangeStream } from "./changeLogs.ts";
import { afterTime, SHARD_LIFE_MS, shardsOf, youngEnough } from "./shards.ts";

const STREAM: ChangeStream = {
  id: "a-stream",
  arn: "an-arn",
  label: "a-label",
  tableName: "orders",
  viewType: "KEYS_ONLY",
  partitionKey: "id",
  shardId: "shardId-00000000000000000000-00000000",
  createdAt: 0,
  first: 1,
};

test("another shard begins once the last one has had its time, and not before", () => {
  expect(afterTime(STREAM, 5, SHARD_LIFE_MS - 1)).toBe(STREAM);
  const later = afterTime(STREAM, 5, SHARD_LIFE_MS);
  const [first, second] = shardsOf(later);
  expect(second).toMatchObject({ parent: first?.id, from: 6, at: SHARD_LIFE_MS });
  expect(afterTime(later, 9, SHARD_LIFE_MS + 1)).toBe(later);
});

test("none begins in a stream that has ended", () => {
  const ended = { ...STREAM, closedAt: 1 };
  expect(afterTime(ended, 5, SHARD_LIFE_MS)).toBe(ended);
});

test("shards are kept by when the next one began, and the last one always", () => {
  const shards = shardsOf(afterTime(STREAM, 5, SHARD_LIFE_MS));
  expect(youngEnough(shards, SHARD_LIFE_MS - 1)).toEqual(shards);
  expect(youngEnough(shards, SHARD_LIFE_MS)).toEqual(shards.slice(1));
});
