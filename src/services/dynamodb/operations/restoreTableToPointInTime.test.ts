import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  RestoreTableToPointInTimeCommand,
  type RestoreTableToPointInTimeCommandInput,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";
import { SWEEP_MS } from "../sweep.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const TableName = "facts";

const withTable = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(tableOf(TableName, { id: "S" }, { global: { kinds: { kind: "S" } } })));
  const recover = (PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays?: number) =>
    client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled, RecoveryPeriodInDays },
      }),
    );
  const put = (id: string, kind: string) =>
    client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, kind: { S: kind } } }));
  const restore = (input: Partial<RestoreTableToPointInTimeCommandInput>) =>
    client.send(
      new RestoreTableToPointInTimeCommand({ SourceTableName: TableName, TargetTableName: "again", ...input }),
    );
  const items = async (name: string) =>
    Object.fromEntries(
      (await client.send(new ScanCommand({ TableName: name }))).Items?.map(({ id, kind }) => [id?.S, kind?.S]) ?? [],
    );
  /** The moment that it is, and one second after it. */
  const moment = async () => {
    const at = new Date(cloud.clock.now());
    await cloud.clock.advance(1000);
    return at;
  };
  return { cloud, client, recover, put, restore, items, moment };
};

describe("behaviour", () => {
  test("a table is made as another one was at a moment, with its indexes", async () => {
    const { cloud, client, recover, put, restore, items, moment } = await withTable();
    await using _ = cloud;
    await put("before", "old");
    await recover(true);
    await put("kept", "first");
    await put("gone", "first");
    const then = await moment();
    await put("kept", "second");
    await put("kept", "third");
    await put("later", "first");
    await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: "gone" } } }));
    const answer = await restore({ RestoreDateTime: then });
    expect(answer.TableDescription).toMatchObject({
      TableStatus: "CREATING",
      RestoreSummary: { RestoreDateTime: then, RestoreInProgress: true },
    });
    expect(await items("again")).toEqual({ before: "old", kept: "first", gone: "first" });
    const { Items } = await client.send(
      new QueryCommand({
        TableName: "again",
        IndexName: "kinds",
        KeyConditionExpression: "kind = :kind",
        ExpressionAttributeValues: { ":kind": { S: "first" } },
      }),
    );
    expect(Items?.map(({ id }) => id?.S).sort()).toEqual(["gone", "kept"]);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "again" }));
    expect(Table).toMatchObject({ TableStatus: "ACTIVE", ItemCount: 3, RestoreSummary: { RestoreInProgress: false } });
    await restore({ TargetTableName: "latest", UseLatestRestorableTime: true });
    expect(await items("latest")).toEqual({ before: "old", kept: "third", later: "first" });
  });

  test("more writes than one slice are taken back", async () => {
    const { cloud, client, recover, restore, items, moment } = await withTable();
    await using _ = cloud;
    await recover(true);
    const then = await moment();
    for (let from = 0; from < 600; from += 25) {
      const writes = Array.from({ length: 25 }, (_each, at) => ({
        PutRequest: { Item: { id: { S: String(from + at) }, kind: { S: "new" } } },
      }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } }));
    }
    await restore({ RestoreDateTime: then });
    expect(await items("again")).toEqual({});
  });

  test("the past is kept as long as the setting says, and forgotten with it", async () => {
    const { cloud, client, recover, put, restore, items, moment } = await withTable();
    await using _ = cloud;
    await recover(true, 2);
    const since = await moment();
    await put("one", "first");
    await cloud.clock.advance(DAY_MS);
    const then = await moment();
    await put("one", "second");
    await cloud.clock.advance(DAY_MS + SWEEP_MS);
    await cloud.tasks.idle();
    const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      RecoveryPeriodInDays: 2,
      EarliestRestorableDateTime: new Date(cloud.clock.now() - 2 * DAY_MS),
    });
    await expect(restore({ RestoreDateTime: since })).rejects.toMatchObject({ name: "InvalidRestoreTimeException" });
    await restore({ RestoreDateTime: then });
    expect(await items("again")).toEqual({ one: "first" });
    await recover(false);
    await expect(restore({ TargetTableName: "other", UseLatestRestorableTime: true })).rejects.toMatchObject({
      name: "PointInTimeRecoveryUnavailableException",
    });
  });
});

describe("refusals", () => {
  test.each([
    [{ UseLatestRestorableTime: true, SourceTableName: "nobody" }, "TableNotFoundException"],
    [{ UseLatestRestorableTime: true, TargetTableName: TableName }, "TableAlreadyExistsException"],
    [{}, "ValidationException"],
    [{ UseLatestRestorableTime: true, RestoreDateTime: new Date() }, "ValidationException"],
  ])("%o: %s", async (input, name) => {
    const { cloud, recover, restore } = await withTable();
    await using _ = cloud;
    await recover(true);
    await expect(restore(input)).rejects.toMatchObject({ name });
  });
});
