import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  type DescribeStreamCommandInput,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type ShardIteratorType,
} from "@aws-sdk/client-dynamodb-streams";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";

const HOUR_MS = 3_600_000;

/** A stream with a record in each of its first two shards, and none in its third. */
const withShards = async () => {
  const cloud = await testCloud();
  const [tables, streams] = [cloud.client(DynamoDBClient), cloud.client(DynamoDBStreamsClient)];
  const { TableDescription } = await tables.send(
    new CreateTableCommand({
      ...tableOf("orders", { id: "S" }),
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    }),
  );
  const StreamArn = TableDescription?.LatestStreamArn ?? "";
  const put = (id: string) => tables.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: id } } }));
  const describe = async (input: Partial<DescribeStreamCommandInput> = {}) =>
    (await streams.send(new DescribeStreamCommand({ StreamArn, ...input }))).StreamDescription;
  const shardIds = async (input?: Partial<DescribeStreamCommandInput>) =>
    (await describe(input))?.Shards?.map(({ ShardId }) => ShardId);
  const iterator = async (ShardId: string | undefined, type: ShardIteratorType, SequenceNumber?: string) =>
    (await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: type, SequenceNumber })))
      .ShardIterator;
  const read = async (ShardIterator: string | undefined) => {
    const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    return { ids: Records.map(({ dynamodb }) => dynamodb?.Keys?.["id"]?.S), NextShardIterator };
  };
  await put("a");
  const held = await iterator((await shardIds())?.[0], "LATEST");
  cloud.clock.advance(4 * HOUR_MS);
  await put("b");
  cloud.clock.advance(4 * HOUR_MS);
  return { cloud, put, describe, shardIds, iterator, read, held };
};

test("a stream goes on in another shard every four hours, each the child of the one before", async () => {
  const { cloud, describe, shardIds } = await withShards();
  await using _ = cloud;
  const shards = (await describe())?.Shards ?? [];
  const [first, second, third] = shards;
  expect(shards.map(({ ParentShardId }) => ParentShardId)).toEqual([undefined, first?.ShardId, second?.ShardId]);
  const ranges = shards.map(({ SequenceNumberRange: range }) => [
    BigInt(range?.StartingSequenceNumber ?? 0),
    range?.EndingSequenceNumber && BigInt(range.EndingSequenceNumber),
  ]);
  expect(ranges.flat().slice(0, -1)).toEqual([...ranges.flat().slice(0, -1)].sort());
  expect(third?.SequenceNumberRange?.EndingSequenceNumber).toBeUndefined();
  expect(await shardIds({ ExclusiveStartShardId: first?.ShardId })).toEqual([second?.ShardId, third?.ShardId]);
  expect(await shardIds({ ShardFilter: { Type: "CHILD_SHARDS", ShardId: second?.ShardId } })).toEqual([third?.ShardId]);
  const page = await describe({ Limit: 2 });
  expect([page?.Shards?.length, page?.LastEvaluatedShardId]).toEqual([2, second?.ShardId]);
});

test("a shard that is closed holds its own records, and its last iterator leads nowhere", async () => {
  const { cloud, put, shardIds, iterator, read } = await withShards();
  await using _ = cloud;
  const [first, second, third] = (await shardIds()) ?? [];
  expect(await read(await iterator(first, "TRIM_HORIZON"))).toEqual({ ids: ["a"], NextShardIterator: undefined });
  expect(await read(await iterator(second, "TRIM_HORIZON"))).toEqual({ ids: ["b"], NextShardIterator: undefined });
  expect(await read(await iterator(first, "LATEST"))).toEqual({ ids: [], NextShardIterator: undefined });
  const open = await iterator(third, "LATEST");
  await put("c");
  expect(await read(open)).toEqual({ ids: ["c"], NextShardIterator: expect.any(String) });
});

test("a record is found only in the shard that holds it, by that shard's numbers", async () => {
  const { cloud, describe, iterator, read } = await withShards();
  await using _ = cloud;
  const [first, second] = (await describe())?.Shards ?? [];
  const start = second?.SequenceNumberRange?.StartingSequenceNumber;
  expect((await read(await iterator(second?.ShardId, "AT_SEQUENCE_NUMBER", start))).ids).toEqual(["b"]);
  await expect(iterator(first?.ShardId, "AT_SEQUENCE_NUMBER", start)).rejects.toThrow("Invalid SequenceNumber");
});

test("a shard that has been closed for a day is gone", async () => {
  const { cloud, put, shardIds, iterator } = await withShards();
  await using _ = cloud;
  const [first, second] = (await shardIds()) ?? [];
  cloud.clock.advance(21 * HOUR_MS);
  await cloud.tasks.idle();
  await put("d");
  const left = await shardIds();
  expect([left?.includes(first ?? ""), left?.[0]]).toEqual([false, second]);
  await expect(iterator(first, "TRIM_HORIZON")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
