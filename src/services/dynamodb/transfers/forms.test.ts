import { gunzipSync, gzipSync } from "node:zlib";
import {
  CreateTableCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ImportTableCommand,
  type ImportTableCommandInput,
  PutItemCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";

const Bucket = "transfers";

const withBucket = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const put = (Key: string, Body: Uint8Array) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const run = async (S3KeyPrefix: string, input: Partial<ImportTableCommandInput>) => {
    const command = new ImportTableCommand({
      S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix },
      InputFormat: "DYNAMODB_JSON",
      TableCreationParameters: { AttributeDefinitions: [], KeySchema: [], ...tableOf("made", { id: "S" }) },
      ...input,
    });
    const { ImportTableDescription: begun } = await client.send(command);
    await cloud.tasks.idle();
    const { ImportTableDescription } = await client.send(new DescribeImportCommand({ ImportArn: begun?.ImportArn }));
    return ImportTableDescription;
  };
  const items = async () => (await client.send(new ScanCommand({ TableName: "made" }))).Items;
  return { cloud, client, s3, put, run, items };
};

test("a table goes through Ion and comes back as it was", async () => {
  const { cloud, client, s3, run, items } = await withBucket();
  await using _ = cloud;
  const { TableDescription } = await client.send(new CreateTableCommand(tableOf("facts", { id: "S" })));
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await client.send(new UpdateContinuousBackupsCommand({ TableName: "facts", PointInTimeRecoverySpecification }));
  const Item = { id: { S: "a" }, price: { N: "600" }, tags: { SS: ["x", "y"] }, raw: { B: Uint8Array.of(1) } };
  await client.send(new PutItemCommand({ TableName: "facts", Item }));
  const { ExportDescription: begun } = await client.send(
    new ExportTableToPointInTimeCommand({
      TableArn: TableDescription?.TableArn,
      S3Bucket: Bucket,
      S3Prefix: "out",
      ExportFormat: "ION",
    }),
  );
  await cloud.tasks.idle();
  const { ExportDescription } = await client.send(new DescribeExportCommand({ ExportArn: begun?.ExportArn }));
  expect(ExportDescription).toMatchObject({ ExportStatus: "COMPLETED", ExportFormat: "ION", ItemCount: 1 });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const Key = Contents.map((object) => object.Key).find((key) => key?.endsWith(".ion.gz"));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(gunzipSync((await Body?.transformToByteArray()) ?? "").toString()).toBe(
    '$ion_1_0 {Item:{id:"a",price:6d2,tags:$dynamodb_SS::["x","y"],raw:{{AQ==}}}}\n',
  );
  const S3KeyPrefix = Key?.slice(0, Key.lastIndexOf("/") + 1) ?? "";
  expect(await run(S3KeyPrefix, { InputFormat: "ION", InputCompressionType: "GZIP" })).toMatchObject({
    ImportStatus: "COMPLETED",
    InputFormat: "ION",
    ImportedItemCount: 1,
  });
  expect(await items()).toEqual([Item]);
});

/** Two frames, one for each line: {"Item":{"id":{"S":"a"}}} and {"Item":{"id":{"S":"b"}}}. */
const ZSTD = Buffer.from(
  "KLUv/QRY0QAAeyJJdGVtIjp7ImlkIjp7IlMiOiJhIn19fQrfMcYJKLUv/QRY0QAAeyJJdGVtIjp7ImlkIjp7IlMiOiJiIn19fQpFBBbW",
  "base64",
);

test("objects packed with Zstandard are unpacked, frame after frame", async () => {
  const { cloud, put, run, items } = await withBucket();
  await using _ = cloud;
  await put("in/one.zst", ZSTD);
  expect(await run("in/", { InputCompressionType: "ZSTD" })).toMatchObject({
    ImportStatus: "COMPLETED",
    InputCompressionType: "ZSTD",
    ImportedItemCount: 2,
  });
  expect(await items()).toEqual([{ id: { S: "a" } }, { id: { S: "b" } }]);
});

test.each([
  ["ZSTD", "DYNAMODB_JSON"],
  ["GZIP", "DYNAMODB_JSON"],
  ["GZIP", "ION"],
] as const)("what is not packed with %s fails the import of %s", async (InputCompressionType, InputFormat) => {
  const { cloud, put, run } = await withBucket();
  await using _ = cloud;
  await put("in/one", Buffer.from("neither of both"));
  expect(await run("in/", { InputCompressionType, InputFormat })).toMatchObject({
    ImportStatus: "FAILED",
    FailureCode: "UNKNOWN",
  });
});

test.each([
  ["ZSTD", ZSTD],
  ["GZIP", gzipSync('{"Item":{"id":{"S":"a"}}}')],
] as const)("an object packed with %s that breaks off fails the import", async (InputCompressionType, bytes) => {
  const { cloud, put, run } = await withBucket();
  await using _ = cloud;
  await put("in/one", bytes.subarray(0, -4));
  expect((await run("in/", { InputCompressionType }))?.ImportStatus).toBe("FAILED");
});
