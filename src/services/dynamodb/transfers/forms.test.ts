import { gzipSync } from "node:zlib";
import {
  CreateTableCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  ExportTableToPointInTimeCommand,
  ImportTableCommand,
  type ImportTableCommandInput,
  PutItemCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { Bucket, withBucket } from "./transfersFixture.ts";

const withImports = async () => {
  const bucket = await withBucket();
  const { cloud, client } = bucket;
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
  return { ...bucket, run, items };
};

test("a table goes through Ion and comes back as it was", async () => {
  const { cloud, client, keys, text, run, items } = await withImports();
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
  const key = (await keys()).find((name) => name.endsWith(".ion.gz")) ?? "";
  expect(await text(key)).toBe('$ion_1_0 {Item:{id:"a",price:6d2,tags:$dynamodb_SS::["x","y"],raw:{{AQ==}}}}\n');
  const S3KeyPrefix = key.slice(0, key.lastIndexOf("/") + 1);
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
  const { cloud, putObject, run, items } = await withImports();
  await using _ = cloud;
  await putObject("in/one.zst", ZSTD);
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
  const { cloud, putObject, run } = await withImports();
  await using _ = cloud;
  await putObject("in/one", Buffer.from("neither of both"));
  expect(await run("in/", { InputCompressionType, InputFormat })).toMatchObject({
    ImportStatus: "FAILED",
    FailureCode: "UNKNOWN",
  });
});

test.each([
  ["ZSTD", ZSTD],
  ["GZIP", gzipSync('{"Item":{"id":{"S":"a"}}}')],
] as const)("an object packed with %s that breaks off fails the import", async (InputCompressionType, bytes) => {
  const { cloud, putObject, run } = await withImports();
  await using _ = cloud;
  await putObject("in/one", bytes.subarray(0, -4));
  expect((await run("in/", { InputCompressionType }))?.ImportStatus).toBe("FAILED");
});
