import { gzipSync } from "node:zlib";
import {
  CreateTableCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  ExportTableToPointInTimeCommand,
  type ExportTableToPointInTimeCommandInput,
  ImportTableCommand,
  type ImportTableCommandInput,
  ListExportsCommand,
  ListImportsCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { Bucket, withBucket } from "./transfersFixture.ts";

const TableArn = `arn:aws:dynamodb:us-east-1:${TEST_ACCOUNT}:table/facts`;

describe("exports", () => {
  const withTable = async (recovers = true) => {
    const parts = await withBucket();
    const { cloud, client } = parts;
    await client.send(new CreateTableCommand(tableOf("facts", { id: "S" })));
    if (recovers)
      await client.send(
        new UpdateContinuousBackupsCommand({
          TableName: "facts",
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      );
    const put = (id: string) =>
      client.send(new PutItemCommand({ TableName: "facts", Item: { id: { S: id }, raw: { B: Uint8Array.of(1) } } }));
    const begin = async (input: Partial<ExportTableToPointInTimeCommandInput> = {}) => {
      const command = new ExportTableToPointInTimeCommand({ TableArn, S3Bucket: Bucket, S3Prefix: "out", ...input });
      return (await client.send(command)).ExportDescription;
    };
    const described = async (ExportArn: string | undefined) => {
      await cloud.tasks.idle();
      return (await client.send(new DescribeExportCommand({ ExportArn }))).ExportDescription;
    };
    return { ...parts, put, begin, described };
  };

  test("items as of a moment are written as AWS writes them, with manifests that say what they are", async () => {
    const { cloud, client, text, keys, put, begin, described } = await withTable();
    await using _ = cloud;
    await put("one");
    await put("two");
    const ExportTime = new Date(cloud.clock.now());
    await cloud.clock.advance(1000);
    await put("three");
    const begun = await begin({ ExportTime });
    expect(begun).toMatchObject({ ExportStatus: "IN_PROGRESS", ExportFormat: "DYNAMODB_JSON", TableArn });
    const done = await described(begun?.ExportArn);
    const own = `out/AWSDynamoDB/${begun?.ExportArn?.split("/").at(-1)}`;
    expect(done).toMatchObject({
      ExportStatus: "COMPLETED",
      ItemCount: 2,
      ExportManifest: `${own}/manifest-summary.json`,
    });
    expect((await keys()).filter((key) => !key.includes("/data/"))).toEqual([
      `${own}/_started`,
      `${own}/manifest-files.json`,
      `${own}/manifest-files.md5`,
      `${own}/manifest-summary.json`,
      `${own}/manifest-summary.md5`,
    ]);
    const { dataFileS3Key, itemCount } = JSON.parse(await text(`${own}/manifest-files.json`));
    expect(itemCount).toBe(2);
    const lines = (await text(dataFileS3Key))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { Item: { id: { S: "one" }, raw: { B: "AQ==" } } },
      { Item: { id: { S: "two" }, raw: { B: "AQ==" } } },
    ]);
    expect(JSON.parse(await text(`${own}/manifest-summary.json`))).toMatchObject({
      version: "2020-06-30",
      exportArn: begun?.ExportArn,
      itemCount: 2,
      outputFormat: "DYNAMODB_JSON",
      manifestFilesS3Key: `${own}/manifest-files.json`,
    });
    const { ExportSummaries } = await client.send(new ListExportsCommand({ TableArn }));
    expect(ExportSummaries).toEqual([
      { ExportArn: begun?.ExportArn, ExportStatus: "COMPLETED", ExportType: "FULL_EXPORT" },
    ]);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(["facts"]);
  });

  test("an empty table has one empty file", async () => {
    const { cloud, text, keys, begin, described } = await withTable();
    await using _ = cloud;
    const begun = await begin();
    expect(await described(begun?.ExportArn)).toMatchObject({
      ExportStatus: "COMPLETED",
      ItemCount: 0,
      BilledSizeBytes: 0,
    });
    const data = (await keys()).filter((key) => key.includes("/data/"));
    expect(await Promise.all(data.map(text))).toEqual([""]);
  });

  test("a bucket that is not there fails the export; the same token is the same export", async () => {
    const { cloud, begin, described } = await withTable();
    await using _ = cloud;
    const begun = await begin({ S3Bucket: "nowhere", ClientToken: "once" });
    expect(await described(begun?.ExportArn)).toMatchObject({ ExportStatus: "FAILED", FailureCode: "S3NoSuchBucket" });
    expect((await begin({ S3Bucket: "nowhere", ClientToken: "once" }))?.ExportArn).toBe(begun?.ExportArn);
    await expect(begin({ ClientToken: "once" })).rejects.toMatchObject({ name: "ExportConflictException" });
  });

  test.each([
    [{ TableArn: `${TableArn}-not` }, "TableNotFoundException"],
    [{ ExportTime: new Date(0) }, "InvalidExportTimeException"],
    [{ ExportType: "INCREMENTAL_EXPORT" }, "ValidationException"],
  ] as const)("refuses %o", async (input, name) => {
    const { cloud, begin } = await withTable();
    await using _ = cloud;
    await expect(begin(input)).rejects.toMatchObject({ name });
  });

  test("a table without point-in-time recovery cannot be exported, and an unknown export not be described", async () => {
    const { cloud, begin, described } = await withTable(false);
    await using _ = cloud;
    await expect(begin()).rejects.toMatchObject({
      name: "PointInTimeRecoveryUnavailableException",
      message: "Point in time recovery is not enabled for table 'facts'",
    });
    await expect(described(`${TableArn}/export/0-0`)).rejects.toMatchObject({ name: "ExportNotFoundException" });
  });
});

describe("imports", () => {
  const withImport = async () => {
    const parts = await withBucket();
    const { cloud, client } = parts;
    const begin = async (input: Partial<ImportTableCommandInput> = {}) => {
      const command = new ImportTableCommand({
        S3BucketSource: { S3Bucket: Bucket },
        InputFormat: "DYNAMODB_JSON",
        TableCreationParameters: {
          TableName: "made",
          AttributeDefinitions: [
            { AttributeName: "id", AttributeType: "S" },
            { AttributeName: "size", AttributeType: "N" },
          ],
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          GlobalSecondaryIndexes: [
            {
              IndexName: "sizes",
              KeySchema: [{ AttributeName: "size", KeyType: "HASH" }],
              Projection: { ProjectionType: "ALL" },
            },
          ],
          BillingMode: "PAY_PER_REQUEST",
        },
        ...input,
      });
      return (await client.send(command)).ImportTableDescription;
    };
    const run = async (input: Partial<ImportTableCommandInput> = {}) => {
      const begun = await begin(input);
      await cloud.tasks.idle();
      return (await client.send(new DescribeImportCommand({ ImportArn: begun?.ImportArn }))).ImportTableDescription;
    };
    const items = async () => (await client.send(new ScanCommand({ TableName: "made" }))).Items;
    return { ...parts, begin, run, items };
  };
  const line = (id: string, size = 1) => JSON.stringify({ Item: { id: { S: id }, size: { N: String(size) } } });

  test("a table is made of the objects under a prefix, one item after the other, packed or not", async () => {
    const { cloud, client, putObject, begin, run, items } = await withImport();
    await using _ = cloud;
    await putObject("in/one.json", `${line("a")}\n${line("b {", 2)}${line("c", 2)}`);
    await putObject("other.json", line("d"));
    expect(await begin({ S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix: "none" } })).toMatchObject({
      ImportStatus: "IN_PROGRESS",
      InputCompressionType: "NONE",
    });
    await cloud.tasks.idle();
    await expect(run()).rejects.toMatchObject({ name: "ResourceInUseException" });
    const TableCreationParameters = {
      TableName: "other",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" as const }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
      BillingMode: "PAY_PER_REQUEST" as const,
    };
    expect(
      await run({ S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix: "in/" }, TableCreationParameters }),
    ).toMatchObject({ ImportStatus: "COMPLETED", ProcessedItemCount: 3, ImportedItemCount: 3, ErrorCount: 0 });
    const { Items } = await client.send(new ScanCommand({ TableName: "other" }));
    expect(Items?.map(({ id }) => id?.S)).toEqual(["a", "b {", "c"]);
    expect(await items()).toEqual([]);
    const { ImportSummaryList } = await client.send(new ListImportsCommand({ PageSize: 1 }));
    expect(ImportSummaryList).toHaveLength(1);
  });

  test("what is packed is unpacked, and indexes are filled", async () => {
    const { cloud, client, putObject, run } = await withImport();
    await using _ = cloud;
    await putObject("one.json.gz", gzipSync(`${line("a", 7)}\n${line("b", 8)}\n`));
    expect(await run({ InputCompressionType: "GZIP" })).toMatchObject({
      ImportStatus: "COMPLETED",
      ImportedItemCount: 2,
    });
    const { Items } = await client.send(
      new QueryCommand({
        TableName: "made",
        IndexName: "sizes",
        KeyConditionExpression: "#size = :size",
        ExpressionAttributeNames: { "#size": "size" },
        ExpressionAttributeValues: { ":size": { N: "8" } },
      }),
    );
    expect(Items?.map(({ id }) => id?.S)).toEqual(["b"]);
  });

  test("CSV: keys have the table's types, everything else is text, empty fields are left out", async () => {
    const { cloud, putObject, run, items } = await withImport();
    await using _ = cloud;
    await putObject("one.csv", 'id;size;note\na;5;"two; words"\nb;6;\n');
    const InputFormatOptions = { Csv: { Delimiter: ";" } };
    expect(await run({ InputFormat: "CSV", InputFormatOptions })).toMatchObject({
      ImportStatus: "COMPLETED",
      ImportedItemCount: 2,
      InputFormatOptions,
    });
    expect(await items()).toEqual([
      { id: { S: "a" }, size: { N: "5" }, note: { S: "two; words" } },
      { id: { S: "b" }, size: { N: "6" } },
    ]);
  });

  test("items that are none fail the import; the others are there", async () => {
    const { cloud, putObject, run, items } = await withImport();
    await using _ = cloud;
    await putObject(
      "one.json",
      `${line("a")}\n{"id":{"S":"b"}}\n${JSON.stringify({ Item: { size: { N: "1" } } })}\nrubbish ${line("c")}`,
    );
    expect(await run()).toMatchObject({
      ImportStatus: "FAILED",
      FailureCode: "ItemValidationError",
      ProcessedItemCount: 4,
      ImportedItemCount: 1,
      ErrorCount: 3,
    });
    expect((await items())?.map(({ id }) => id?.S)).toEqual(["a"]);
  });

  test("a bucket that is not there fails the import, and there is no table", async () => {
    const { cloud, client, run } = await withImport();
    await using _ = cloud;
    expect(await run({ S3BucketSource: { S3Bucket: "nowhere" } })).toMatchObject({
      ImportStatus: "FAILED",
      FailureCode: "S3NoSuchBucket",
    });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test.each([[{ InputFormatOptions: { Csv: { Delimiter: ";" } } }, "ValidationException"]] as const)(
    "refuses %o",
    async (input, name) => {
      const { cloud, begin } = await withImport();
      await using _ = cloud;
      await expect(begin(input)).rejects.toMatchObject({ name });
    },
  );
});
