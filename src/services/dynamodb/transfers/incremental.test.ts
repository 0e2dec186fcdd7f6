import { gunzipSync } from "node:zlib";
import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeExportCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  type IncrementalExportSpecification,
  ListExportsCommand,
  PutItemCommand,
  UpdateContinuousBackupsCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const Bucket = "transfers";
const TableName = "facts";
const TableArn = `arn:aws:dynamodb:us-east-1:${TEST_ACCOUNT}:table/${TableName}`;
const HOUR_MS = 3_600_000;

const withTable = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await client.send(new CreateTableCommand(tableOf(TableName, { id: "S" })));
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  const put = (id: string, v: string) =>
    client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, v: { S: v } } }));
  const remove = (id: string) => client.send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));
  const begin = async (specification: IncrementalExportSpecification) => {
    const command = new ExportTableToPointInTimeCommand({
      TableArn,
      S3Bucket: Bucket,
      S3Prefix: "out",
      ExportType: "INCREMENTAL_EXPORT",
      IncrementalExportSpecification: specification,
    });
    return (await client.send(command)).ExportDescription?.ExportArn;
  };
  const described = async (ExportArn: string | undefined) => {
    await cloud.tasks.idle();
    return (await client.send(new DescribeExportCommand({ ExportArn }))).ExportDescription;
  };
  const read = async (suffix: string) => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const Key = Contents.map(({ Key: key = "" }) => key).find((key) => key.endsWith(suffix)) ?? "";
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    return { key: Key, text: (Key.endsWith(".gz") ? gunzipSync(bytes) : Buffer.from(bytes)).toString() };
  };
  const lines = async () =>
    (await read(".json.gz")).text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return { cloud, client, put, remove, begin, described, read, lines };
};

/** An hour in which items were made, changed, removed, and made and removed; and what came before and after it. */
const withWindow = async () => {
  const table = await withTable();
  const { cloud, put, remove } = table;
  await put("changed", "1");
  await put("removed", "1");
  await put("untouched", "1");
  cloud.clock.advance(HOUR_MS);
  const from = cloud.clock.now();
  await put("changed", "2");
  await put("changed", "3");
  await put("made", "1");
  await remove("removed");
  await put("brief", "1");
  await remove("brief");
  cloud.clock.advance(HOUR_MS);
  const to = cloud.clock.now();
  await put("changed", "4");
  await put("late", "1");
  return { ...table, window: { ExportFromTime: new Date(from), ExportToTime: new Date(to) }, from };
};

describe("an incremental export", () => {
  test("tells once of each item that was written in its window, as it was before and after", async () => {
    const { cloud, begin, described, read, lines, window, from } = await withWindow();
    await using _ = cloud;
    const done = await described(await begin(window));
    expect(done).toMatchObject({
      ExportStatus: "COMPLETED",
      ExportType: "INCREMENTAL_EXPORT",
      IncrementalExportSpecification: { ...window, ExportViewType: "NEW_AND_OLD_IMAGES" },
      ItemCount: 3,
    });
    const item = (id: string, v: string) => ({ id: { S: id }, v: { S: v } });
    const Metadata = { WriteTimestampMicros: { N: `${from}000` } };
    expect(await lines()).toEqual([
      { Metadata, Keys: { id: { S: "changed" } }, OldImage: item("changed", "1"), NewImage: item("changed", "3") },
      { Metadata, Keys: { id: { S: "made" } }, NewImage: item("made", "1") },
      { Metadata, Keys: { id: { S: "removed" } }, OldImage: item("removed", "1") },
    ]);
    expect((await read(".json.gz")).key).toMatch(/^out\/AWSDynamoDB\/data\//);
    expect(JSON.parse((await read("manifest-summary.json")).text)).toMatchObject({
      exportType: "INCREMENTAL_EXPORT",
      outputView: "NEW_AND_OLD_IMAGES",
      exportFromTime: window.ExportFromTime.toISOString(),
      exportToTime: window.ExportToTime.toISOString(),
      itemCount: 3,
    });
  });

  test("of new images alone leaves out what items were", async () => {
    const { cloud, client, begin, described, lines, window } = await withWindow();
    await using _ = cloud;
    await described(await begin({ ...window, ExportViewType: "NEW_IMAGE" }));
    expect((await lines()).map(({ Metadata: _metadata, ...images }) => Object.keys(images))).toEqual([
      ["Keys", "NewImage"],
      ["Keys", "NewImage"],
      ["Keys"],
    ]);
    const { ExportSummaries } = await client.send(new ListExportsCommand({ TableArn }));
    expect(ExportSummaries).toMatchObject([{ ExportType: "INCREMENTAL_EXPORT", ExportStatus: "COMPLETED" }]);
  });

  test.each([
    ["of no time", {}, "ValidationException"],
    ["of ten minutes", { fromMs: 10 * 60_000 }, "InvalidExportTimeException"],
    ["of more than a day", { fromMs: 25 * HOUR_MS }, "InvalidExportTimeException"],
    ["from before there was a history", { fromMs: 49 * HOUR_MS, toMs: 47 * HOUR_MS }, "InvalidExportTimeException"],
    ["to a time that is to come", { fromMs: HOUR_MS, toMs: -HOUR_MS }, "InvalidExportTimeException"],
  ])("%s is refused", async (_name, { fromMs, toMs = 0 }: { fromMs?: number; toMs?: number }, name) => {
    const { cloud, begin } = await withTable();
    await using _ = cloud;
    cloud.clock.advance(48 * HOUR_MS);
    const ago = (ms: number) => new Date(cloud.clock.now() - ms);
    const ExportFromTime = fromMs === undefined ? undefined : ago(fromMs);
    await expect(begin({ ExportFromTime, ExportToTime: ago(toMs) })).rejects.toMatchObject({ name });
  });
});
