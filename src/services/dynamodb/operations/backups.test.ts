import {
  BatchWriteItemCommand,
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DescribeBackupCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListBackupsCommand,
  PutItemCommand,
  QueryCommand,
  RestoreTableFromBackupCommand,
  ScanCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

const TableName = "facts";

describe("backups", () => {
  let cloud: TestCloud;
  let client: DynamoDBClient;
  beforeEach(async () => {
    cloud = await testCloud();
    client = cloud.client(DynamoDBClient);
    await client.send(
      new CreateTableCommand(
        tableOf(TableName, { id: "S" }, { global: { "by-kind": { kind: "S" } }, projection: "KEYS_ONLY" }),
      ),
    );
    await put("1");
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const itemOf = (id: string) => ({ id: { S: id }, kind: { S: "odd" } });
  const put = (id: string) => client.send(new PutItemCommand({ TableName, Item: itemOf(id) }));
  const putAll = (ids: readonly string[]) => {
    const writes = ids.map((id) => ({ PutRequest: { Item: itemOf(id) } }));
    return client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } }));
  };
  const backup = async () =>
    (await client.send(new CreateBackupCommand({ TableName, BackupName: "nightly" }))).BackupDetails?.BackupArn ?? "";
  const restore = (BackupArn: string, TargetTableName = "restored") =>
    client.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName }));

  it("leaves items out of an index that cannot take them", async () => {
    const addIndex = (IndexName: string, AttributeType: "S" | "N") =>
      client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions: [{ AttributeName: "size", AttributeType }],
          GlobalSecondaryIndexUpdates: [
            {
              Create: {
                IndexName,
                KeySchema: [{ AttributeName: "size", KeyType: "HASH" }],
                Projection: { ProjectionType: "KEYS_ONLY" },
              },
            },
          ],
        }),
      );
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "2" }, kind: { S: "odd" }, size: { S: "" } } }));
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "3" }, size: { N: "3" } } }));
    await addIndex("by-size", "N");
    await restore(await backup());
    const scan = async (IndexName?: string) =>
      (await client.send(new ScanCommand({ TableName: "restored", ...(IndexName ? { IndexName } : {}) }))).Count;
    expect([await scan(), await scan("by-kind"), await scan("by-size")]).toEqual([3, 2, 1]);
  });

  it("shape: describes a backup, its table and the table's features", async () => {
    const BackupArn = await backup();
    expect(BackupArn).toMatch(/^arn:aws:dynamodb:us-east-1:123456789012:table\/facts\/backup\/\d{14}-[0-9a-f]{8}$/);
    const { BackupDescription } = await client.send(new DescribeBackupCommand({ BackupArn }));
    expect(BackupDescription).toMatchObject({
      BackupDetails: {
        BackupArn,
        BackupName: "nightly",
        BackupStatus: "AVAILABLE",
        BackupType: "USER",
        BackupSizeBytes: 10,
        BackupCreationDateTime: new Date(cloud.clock.now()),
      },
      SourceTableDetails: { TableName, ItemCount: 1, TableSizeBytes: 10, BillingMode: "PAY_PER_REQUEST" },
      SourceTableFeatureDetails: { GlobalSecondaryIndexes: [{ IndexName: "by-kind" }] },
    });
  });

  it("refusals: tables and backups that are not there, targets that are", async () => {
    const missing = "arn:aws:dynamodb:us-east-1:123456789012:table/facts/backup/01489173575360-b308cd7d";
    await expect(
      client.send(new CreateBackupCommand({ TableName: "nothing", BackupName: "nightly" })),
    ).rejects.toMatchObject({ name: "TableNotFoundException", message: "Table not found: nothing" });
    for (const work of [
      client.send(new DescribeBackupCommand({ BackupArn: missing })),
      client.send(new DeleteBackupCommand({ BackupArn: missing })),
      restore(missing),
    ])
      await expect(work).rejects.toMatchObject({
        name: "BackupNotFoundException",
        message: `Backup not found: ${missing}`,
      });
    await expect(restore(await backup(), TableName)).rejects.toMatchObject({
      name: "TableAlreadyExistsException",
      message: "Table already exists: facts",
    });
  });

  it("behaviour: restores the items and indexes of that moment, whatever came after", async () => {
    for (let n = 2; n <= 625; n += 25)
      await putAll(Array.from({ length: 25 }, (_unused, offset) => String(n + offset)));
    const BackupArn = await backup();
    await put("later");
    const { TableDescription } = await restore(BackupArn);
    expect(TableDescription).toMatchObject({
      TableStatus: "CREATING",
      RestoreSummary: { SourceBackupArn: BackupArn, RestoreInProgress: true },
    });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "restored" }));
    expect(Table).toMatchObject({ TableStatus: "ACTIVE", ItemCount: 626 });
    const { Count } = await client.send(
      new QueryCommand({
        TableName: "restored",
        IndexName: "by-kind",
        KeyConditionExpression: "kind = :k",
        ExpressionAttributeValues: { ":k": { S: "odd" } },
      }),
    );
    expect(Count).toBe(626);
    const { Item } = await client.send(new GetItemCommand({ TableName: "restored", Key: { id: { S: "later" } } }));
    expect(Item).toBeUndefined();
  });

  it("behaviour: lists by table and time, page by page, and forgets what was deleted", async () => {
    const first = await backup();
    cloud.clock.advance(60_000);
    const second = await backup();
    const list = async (more: object) =>
      (await client.send(new ListBackupsCommand(more))).BackupSummaries?.map(({ BackupArn }) => BackupArn);
    expect(await list({})).toEqual([first, second]);
    expect(await list({ Limit: 1 })).toEqual([first]);
    expect(await list({ ExclusiveStartBackupArn: first })).toEqual([second]);
    expect(await list({ TableName: "other" })).toEqual([]);
    expect(await list({ TimeRangeLowerBound: new Date(cloud.clock.now()) })).toEqual([second]);
    expect(await list({ BackupType: "SYSTEM" })).toEqual([]);
    const { BackupDescription } = await client.send(new DeleteBackupCommand({ BackupArn: first }));
    expect(BackupDescription?.BackupDetails?.BackupStatus).toBe("DELETED");
    expect(await list({})).toEqual([second]);
  });
});
