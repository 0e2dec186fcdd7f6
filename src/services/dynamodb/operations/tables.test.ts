import {
  CreateTableCommand,
  DeleteResourcePolicyCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const ARN = `arn:aws:dynamodb:us-east-1:${TEST_ACCOUNT}:table/facts`;

const withTable = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const create = (TableName: string) =>
    client.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
      }),
    );
  await create("facts");
  const table = async () => (await client.send(new DescribeTableCommand({ TableName: "facts" }))).Table;
  const update = (input: Omit<UpdateTableCommandInput, "TableName">) =>
    client.send(new UpdateTableCommand({ TableName: "facts", ...input }));
  const put = (id: string, more = {}) =>
    client.send(new PutItemCommand({ TableName: "facts", Item: { id: { S: id }, ...more } }));
  return { cloud, client, create, table, update, put };
};

describe("behaviour", () => {
  test("a table is described with its capacity, its warmth and its size", async () => {
    const { cloud, table, update, put } = await withTable();
    await using _ = cloud;
    await put("a");
    await put("b", { v: { S: "12345" } });
    await put("b", { v: { S: "1" } });
    expect(await table()).toMatchObject({
      TableStatus: "ACTIVE",
      ItemCount: 2,
      TableSizeBytes: 8,
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6, NumberOfDecreasesToday: 0 },
      WarmThroughput: { ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 6, Status: "ACTIVE" },
      DeletionProtectionEnabled: false,
    });
    expect(await table()).not.toHaveProperty("BillingModeSummary");
    await update({ BillingMode: "PAY_PER_REQUEST", OnDemandThroughput: { MaxReadRequestUnits: 100 } });
    expect(await table()).toMatchObject({
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      OnDemandThroughput: { MaxReadRequestUnits: 100, MaxWriteRequestUnits: -1 },
      WarmThroughput: { ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000 },
    });
  });

  test("a table warms while its capacity changes, not while its stream begins", async () => {
    const { cloud, update } = await withTable();
    await using _ = cloud;
    const streamed = await update({ StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } });
    expect(streamed.TableDescription).toMatchObject({ TableStatus: "UPDATING", WarmThroughput: { Status: "ACTIVE" } });
    const warmed = await update({ WarmThroughput: { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 5_000 } });
    expect(warmed.TableDescription).toMatchObject({ TableStatus: "UPDATING", WarmThroughput: { Status: "UPDATING" } });
    const { TableDescription } = await update({ WarmThroughput: { ReadUnitsPerSecond: 14_000 } });
    expect(TableDescription?.WarmThroughput).toMatchObject({ ReadUnitsPerSecond: 14_000, WriteUnitsPerSecond: 6 });
    await expect(update({ WarmThroughput: { ReadUnitsPerSecond: 4 } })).rejects.toThrow(
      "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is lower than provisioned throughput",
    );
  });

  test("an index that is added to a table is filled with what fits it, counted, and goes again", async () => {
    const { cloud, table, update, put } = await withTable();
    await using _ = cloud;
    await put("a", { kind: { S: "x" } });
    await put("b", { kind: { N: "1" } });
    await put("c");
    await update({ BillingMode: "PAY_PER_REQUEST" });
    const index = {
      IndexName: "byKind",
      KeySchema: [{ AttributeName: "kind", KeyType: "HASH" as const }],
      Projection: { ProjectionType: "ALL" as const },
    };
    await update({
      AttributeDefinitions: [{ AttributeName: "kind", AttributeType: "S" }],
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    });
    expect((await table())?.GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexStatus: "ACTIVE", ItemCount: 1 });
    await update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "byKind" } }] });
    expect((await table())?.GlobalSecondaryIndexes).toBeUndefined();
    expect((await table())?.AttributeDefinitions).toEqual([{ AttributeName: "id", AttributeType: "S" }]);
  });

  test("tables are listed in pages", async () => {
    const { cloud, client, create } = await withTable();
    await using _ = cloud;
    await create("more");
    const page = await client.send(new ListTablesCommand({ Limit: 1 }));
    expect(page).toMatchObject({ TableNames: ["facts"], LastEvaluatedTableName: "facts" });
    expect(await client.send(new ListTablesCommand({ ExclusiveStartTableName: "facts" }))).toMatchObject({
      TableNames: ["more"],
    });
  });

  test("tags come and go", async () => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    const Tags = ["a", "b"].map((Key) => ({ Key, Value: "1" }));
    await client.send(new TagResourceCommand({ ResourceArn: ARN, Tags }));
    await client.send(new UntagResourceCommand({ ResourceArn: ARN, TagKeys: ["a"] }));
    expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn: ARN }))).Tags).toEqual([Tags[1]]);
  });

  test("point-in-time recovery is a setting", async () => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    const before = await client.send(new DescribeContinuousBackupsCommand({ TableName: "facts" }));
    expect(before.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: "DISABLED",
    });
    const specification = { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 };
    await client.send(
      new UpdateContinuousBackupsCommand({ TableName: "facts", PointInTimeRecoverySpecification: specification }),
    );
    const after = await client.send(new DescribeContinuousBackupsCommand({ TableName: "facts" }));
    expect(after.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: "ENABLED",
      RecoveryPeriodInDays: 7,
      EarliestRestorableDateTime: new Date(cloud.clock.now()),
      LatestRestorableDateTime: new Date(cloud.clock.now()),
    });
  });

  test("a resource policy has revisions", async () => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "dynamodb:GetItem", Resource: ARN }],
    });
    const put = (more = {}) => client.send(new PutResourcePolicyCommand({ ResourceArn: ARN, Policy, ...more }));
    const { RevisionId } = await put({ ExpectedRevisionId: "NO_POLICY" });
    expect((await put()).RevisionId).toBe(RevisionId);
    expect(RevisionId).toMatch(/^\d+$/);
    await expect(put({ ExpectedRevisionId: "NO_POLICY" })).rejects.toMatchObject({
      name: "PolicyNotFoundException",
      message: `Resource-based policy not found for the provided ResourceArn: Requested policy update expecting none to be present for table facts, but a policy exists with revision id ${RevisionId}.`,
    });
    await expect(put({ ExpectedRevisionId: "1" })).rejects.toThrow(
      `Requested update for policy with revision id 1, but the policy associated to target table facts has revision id ${RevisionId}.`,
    );
    expect(await client.send(new GetResourcePolicyCommand({ ResourceArn: ARN }))).toMatchObject({ Policy, RevisionId });
    await client.send(new DeleteResourcePolicyCommand({ ResourceArn: ARN, ExpectedRevisionId: RevisionId }));
    await expect(client.send(new GetResourcePolicyCommand({ ResourceArn: ARN }))).rejects.toMatchObject({
      name: "PolicyNotFoundException",
    });
  });

  test("limits and endpoints are told", async () => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    expect(await client.send(new DescribeLimitsCommand({}))).toMatchObject({ TableMaxReadCapacityUnits: 40_000 });
    expect((await client.send(new DescribeEndpointsCommand({}))).Endpoints?.[0]?.Address).toBe("127.0.0.1:4566");
  });

  test("time to live is switched on and off by its attribute", async () => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    const ttl = (Enabled: boolean, AttributeName = "ttl") =>
      client.send(
        new UpdateTimeToLiveCommand({ TableName: "facts", TimeToLiveSpecification: { Enabled, AttributeName } }),
      );
    await ttl(true);
    await expect(ttl(true)).rejects.toThrow("TimeToLive is already enabled");
    await expect(ttl(false, "other")).rejects.toMatchObject({ name: "ValidationException" });
    await ttl(false);
    expect((await client.send(new DescribeTimeToLiveCommand({ TableName: "facts" }))).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: "DISABLED",
    });
  });
});

describe("refusals", () => {
  test.each<[string, Omit<UpdateTableCommandInput, "TableName">, string]>([
    ["nothing to change", {}, "ValidationException"],
    ["provisioned without capacity", { BillingMode: "PROVISIONED" }, "ValidationException"],
    [
      "an index that is not there",
      { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "none" } }] },
      "ResourceNotFoundException",
    ],
    [
      "two indexes at once",
      { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "one" } }, { Delete: { IndexName: "two" } }] },
      "LimitExceededException",
    ],
    ["a replica", { ReplicaUpdates: [{ Create: { RegionName: "eu-west-1" } }] }, "NotImplemented"],
  ])("%s", async (_name, input, name) => {
    const { cloud, update } = await withTable();
    await using _ = cloud;
    await expect(update(input)).rejects.toMatchObject({ name });
  });

  test("a protected table stays", async () => {
    const { cloud, client, update } = await withTable();
    await using _ = cloud;
    await update({ DeletionProtectionEnabled: true });
    await expect(client.send(new DeleteTableCommand({ TableName: "facts" }))).rejects.toThrow("protected");
  });
});
