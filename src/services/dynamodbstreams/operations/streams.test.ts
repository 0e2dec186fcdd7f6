import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteResourcePolicyCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ShardIteratorType,
  type StreamViewType,
} from "@aws-sdk/client-dynamodb-streams";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

const HOUR_MS = 3_600_000;

const streaming = async (viewType: StreamViewType = "NEW_AND_OLD_IMAGES") => {
  const cloud = await testCloud();
  const tables = cloud.client(DynamoDBClient);
  const streams = cloud.client(DynamoDBStreamsClient);
  const { TableDescription } = await tables.send(
    new CreateTableCommand({
      ...tableOf("orders", { id: "S" }),
      StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
    }),
  );
  const StreamArn = TableDescription?.LatestStreamArn ?? "";
  const describe = async () => (await streams.send(new DescribeStreamCommand({ StreamArn }))).StreamDescription;
  /** In the newest shard, unless another one is named. */
  const iterator = async (ShardIteratorType: ShardIteratorType, SequenceNumber?: string, shard = -1) => {
    const ShardId = (await describe())?.Shards?.at(shard)?.ShardId ?? "";
    return (await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber })))
      .ShardIterator;
  };
  const read = async (ShardIterator: string | undefined, Limit?: number) =>
    streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
  const put = (id: string, value: string) =>
    tables.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: id }, v: { B: Buffer.from(value) } } }));
  return { cloud, tables, streams, StreamArn, describe, iterator, read, put };
};

test("records say what happened, in order, with the images the view type shows", async () => {
  const { cloud, tables, iterator, read, put } = await streaming();
  await using _ = cloud;
  await put("a", "1");
  await put("a", "1");
  await tables.send(
    new UpdateItemCommand({
      TableName: "orders",
      Key: { id: { S: "a" } },
      UpdateExpression: "SET v = :v",
      ExpressionAttributeValues: { ":v": { N: "2" } },
    }),
  );
  await tables.send(new DeleteItemCommand({ TableName: "orders", Key: { id: { S: "a" } } }));
  await tables.send(new DeleteItemCommand({ TableName: "orders", Key: { id: { S: "never" } } }));
  const { Records = [], NextShardIterator } = await read(await iterator("TRIM_HORIZON"));
  expect(Records.map(({ eventName }) => eventName)).toEqual(["INSERT", "MODIFY", "REMOVE"]);
  expect(Records[1]).toMatchObject({
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "us-east-1",
    dynamodb: {
      Keys: { id: { S: "a" } },
      NewImage: { id: { S: "a" }, v: { N: "2" } },
      SizeBytes: expect.any(Number),
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
  });
  expect(Buffer.from(Records[1]?.dynamodb?.OldImage?.["v"]?.B ?? []).toString()).toBe("1");
  expect(Records[0]?.dynamodb?.ApproximateCreationDateTime).toEqual(new Date(cloud.clock.now()));
  const numbers = Records.map(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0));
  expect([...numbers].sort((a, b) => (a < b ? -1 : 1))).toEqual(numbers);
  expect((await read(NextShardIterator)).Records).toEqual([]);
});

test.each<[StreamViewType, boolean, boolean]>([
  ["KEYS_ONLY", false, false],
  ["NEW_IMAGE", true, false],
  ["OLD_IMAGE", false, true],
])("%s shows its images only", async (viewType, shownNew, shownOld) => {
  const { cloud, iterator, read, put } = await streaming(viewType);
  await using _ = cloud;
  await put("a", "1");
  await put("a", "2");
  const modified = (await read(await iterator("TRIM_HORIZON"))).Records?.[1]?.dynamodb;
  expect([modified?.NewImage !== undefined, modified?.OldImage !== undefined]).toEqual([shownNew, shownOld]);
});

test("iterators begin where they are told, and go on", async () => {
  const { cloud, iterator, read, put } = await streaming();
  await using _ = cloud;
  for (const id of ["a", "b", "c"]) await put(id, "1");
  const first = await read(await iterator("TRIM_HORIZON"), 2);
  const ids = async (given: string | undefined) =>
    (await read(given)).Records?.map(({ dynamodb }) => dynamodb?.Keys?.["id"]?.S);
  expect(first.Records).toHaveLength(2);
  expect(await ids(first.NextShardIterator)).toEqual(["c"]);
  const second = first.Records?.[1]?.dynamodb?.SequenceNumber;
  expect(await ids(await iterator("AT_SEQUENCE_NUMBER", second))).toEqual(["b", "c"]);
  expect(await ids(await iterator("AFTER_SEQUENCE_NUMBER", second))).toEqual(["c"]);
  const latest = await iterator("LATEST");
  await put("d", "1");
  expect(await ids(latest)).toEqual(["d"]);
});

test("a write that is taken back leaves no record", async () => {
  const { cloud, tables, iterator, read } = await streaming();
  await using _ = cloud;
  const check = { TableName: "orders", Key: { id: { S: "x" } }, ConditionExpression: "attribute_exists(id)" };
  const item = { TableName: "orders", Item: { id: { S: "a" } } };
  await expect(
    tables.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: item }, { ConditionCheck: check }] })),
  ).rejects.toThrow("cancelled");
  expect((await read(await iterator("TRIM_HORIZON"))).Records).toEqual([]);
});

test("records live for a day, iterators for fifteen minutes, a closed stream until its records are gone", async () => {
  const { cloud, tables, streams, StreamArn, describe, iterator, read, put } = await streaming();
  await using _ = cloud;
  await put("old", "1");
  const early = await iterator("TRIM_HORIZON");
  const sequence = (await read(early)).Records?.[0]?.dynamodb?.SequenceNumber;
  cloud.clock.advance(23 * HOUR_MS);
  await expect(read(early)).rejects.toMatchObject({ name: "ExpiredIteratorException" });
  await put("young", "1");
  cloud.clock.advance(HOUR_MS);
  await cloud.tasks.idle();
  const { Records } = await read(await iterator("TRIM_HORIZON"));
  expect(Records?.map(({ dynamodb }) => dynamodb?.Keys?.["id"]?.S)).toEqual(["young"]);
  const trimmed = { name: "TrimmedDataAccessException" };
  await expect(iterator("AT_SEQUENCE_NUMBER", sequence, 0)).rejects.toMatchObject(trimmed);
  await tables.send(new DeleteTableCommand({ TableName: "orders" }));
  expect((await describe())?.StreamStatus).toBe("DISABLED");
  expect((await describe())?.Shards?.at(-1)?.SequenceNumberRange?.EndingSequenceNumber).toBeDefined();
  const ended = await read(await iterator("TRIM_HORIZON"));
  expect([ended.Records?.length, ended.NextShardIterator]).toEqual([1, undefined]);
  cloud.clock.advance(24 * HOUR_MS);
  await cloud.tasks.idle();
  await expect(describe()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  expect((await streams.send(new ListStreamsCommand({}))).Streams).toEqual([]);
  expect(StreamArn).toContain(":table/orders/stream/2026-01-01T00:00:00.000");
});

test("items whose time has come are deleted by the service, and the record says so", async () => {
  const { cloud, tables, iterator, read } = await streaming();
  await using _ = cloud;
  await tables.send(
    new UpdateTimeToLiveCommand({
      TableName: "orders",
      TimeToLiveSpecification: { Enabled: true, AttributeName: "ttl" },
    }),
  );
  const seconds = Math.floor(cloud.clock.now() / 1000);
  for (const [id, ttl] of [
    ["soon", { N: String(seconds + 30) }],
    ["later", { N: String(seconds + 3600) }],
    ["ancient", { N: "1" }],
    ["text", { S: String(seconds) }],
  ] as const) {
    await tables.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: id }, ttl } }));
  }
  cloud.clock.advance(60_000);
  await cloud.tasks.idle();
  const { Records = [] } = await read(await iterator("TRIM_HORIZON"));
  const removed = Records.filter(({ eventName }) => eventName === "REMOVE");
  expect(removed.map(({ dynamodb }) => dynamodb?.Keys?.["id"]?.S)).toEqual(["soon"]);
  expect(removed[0]?.userIdentity).toEqual({ Type: "Service", PrincipalId: "dynamodb.amazonaws.com" });
  cloud.clock.advance(HOUR_MS);
  await cloud.tasks.idle();
  expect((await read(await iterator("TRIM_HORIZON"))).Records).toHaveLength(6);
});

test("streams are listed by table, in pages; a new one follows one that was ended", async () => {
  const { cloud, tables, streams, StreamArn } = await streaming();
  await using _ = cloud;
  const stream = (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: StreamViewType }) =>
    tables.send(new UpdateTableCommand({ TableName: "orders", StreamSpecification }));
  await expect(stream({ StreamEnabled: true, StreamViewType: "KEYS_ONLY" })).rejects.toThrow(
    "Table already has an enabled stream",
  );
  await stream({ StreamEnabled: false });
  await expect(stream({ StreamEnabled: false })).rejects.toMatchObject({ name: "ValidationException" });
  cloud.clock.advance(1000);
  await stream({ StreamEnabled: true, StreamViewType: "KEYS_ONLY" });
  const page = await streams.send(new ListStreamsCommand({ TableName: "orders", Limit: 1 }));
  expect(page.LastEvaluatedStreamArn).toBe(StreamArn);
  const rest = await streams.send(
    new ListStreamsCommand({ TableName: "orders", ExclusiveStartStreamArn: page.LastEvaluatedStreamArn }),
  );
  expect(rest.Streams).toHaveLength(1);
  expect((await streams.send(new ListStreamsCommand({ TableName: "none" }))).Streams).toEqual([]);
});

test("refusals", async () => {
  const { cloud, streams, StreamArn, iterator } = await streaming();
  await using _ = cloud;
  await expect(streams.send(new DescribeStreamCommand({ StreamArn: `${StreamArn}9` }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await expect(
    streams.send(
      new GetShardIteratorCommand({
        StreamArn,
        ShardId: "shardId-00000000000000000000-00000000",
        ShardIteratorType: "LATEST",
      }),
    ),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  const malformed = "arn:aws:dynamodb:us-east-1:000000000000:orders";
  for (const call of [
    streams.send(new DescribeStreamCommand({ StreamArn: malformed })),
    streams.send(new ListStreamsCommand({ ExclusiveStartStreamArn: malformed })),
  ])
    expect(await refusal(call)).toBe(`ValidationException: Invalid StreamArn: ${malformed}`);
  await expect(iterator("LATEST", "100000000000000000000")).rejects.toThrow("A SequenceNumber must not be specified");
  await expect(iterator("AT_SEQUENCE_NUMBER")).rejects.toMatchObject({ name: "ValidationException" });
  await expect(iterator("AT_SEQUENCE_NUMBER", "100000000000000000009")).rejects.toThrow("Invalid SequenceNumber");
  await expect(streams.send(new GetRecordsCommand({ ShardIterator: `${StreamArn}|1|bm8=` }))).rejects.toThrow(
    "Invalid ShardIterator",
  );
});

test("limits above what AWS answers at most are refused, and filters that say half", async () => {
  const { cloud, streams, StreamArn, iterator, read } = await streaming();
  await using _ = cloud;
  const tooHigh = (limit: number, max: number) =>
    `ValidationException: 1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${max}`;
  expect((await read(await iterator("LATEST"), 1000)).Records).toEqual([]);
  expect(await refusal(read(await iterator("LATEST"), 1001))).toBe(tooHigh(1001, 1000));
  expect(await refusal(streams.send(new ListStreamsCommand({ Limit: 101 })))).toBe(tooHigh(101, 100));
  expect(await refusal(streams.send(new DescribeStreamCommand({ StreamArn, Limit: 101 })))).toBe(tooHigh(101, 100));
  for (const ShardFilter of [{ Type: "CHILD_SHARDS" as const }, { ShardId: "shardId-00000000000000000000-00000000" }])
    expect(await refusal(streams.send(new DescribeStreamCommand({ StreamArn, ShardFilter })))).toMatch(
      /^ValidationException: ShardFilter/,
    );
});

test("a stream's own policy lets those read it whom it names, until it is taken away", async () => {
  const { cloud, tables, StreamArn, describe } = await streaming();
  await using _ = cloud;
  const iam = cloud.client(IAMClient);
  const { User } = await iam.send(new CreateUserCommand({ UserName: "reader" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  const reader = cloud.client(DynamoDBStreamsClient, { credentials });
  const look = () => reader.send(new DescribeStreamCommand({ StreamArn }));
  await expect(look()).rejects.toMatchObject({ name: "AccessDeniedException" });
  const Statement = [
    { Effect: "Allow", Principal: { AWS: User?.Arn }, Action: "dynamodb:DescribeStream", Resource: StreamArn },
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  const { RevisionId } = await tables.send(new PutResourcePolicyCommand({ ResourceArn: StreamArn, Policy }));
  expect((await look()).StreamDescription).toEqual(await describe());
  expect(await tables.send(new GetResourcePolicyCommand({ ResourceArn: StreamArn }))).toMatchObject({
    Policy,
    RevisionId,
  });
  await tables.send(new DeleteResourcePolicyCommand({ ResourceArn: StreamArn }));
  await expect(look()).rejects.toMatchObject({ name: "AccessDeniedException" });
  await expect(tables.send(new GetResourcePolicyCommand({ ResourceArn: `${StreamArn}0` }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
