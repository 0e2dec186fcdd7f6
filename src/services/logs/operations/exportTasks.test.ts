import { gunzipSync } from "node:zlib";
import {
  CancelExportTaskCommand,
  CloudWatchLogsClient,
  CreateExportTaskCommand,
  type CreateExportTaskCommandInput,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeExportTasksCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { EXPORT_PENDING_MS } from "../limits.ts";

const HOUR_MS = 3_600_000;
const STREAM = "2026/01/01/[$LATEST]abc";
const Bucket = "exports";

let cloud: TestCloud;
let logs: CloudWatchLogsClient;
let s3: S3Client;
let now: number;

const statement = (Action: string, Resource: string, Condition: object = {}) => ({
  Effect: "Allow",
  Principal: { Service: `logs.${TEST_REGION}.amazonaws.com` },
  Action,
  Resource,
  Condition: { StringEquals: { "aws:SourceAccount": TEST_ACCOUNT, ...Condition } },
});

const readAcl = statement("s3:GetBucketAcl", `arn:aws:s3:::${Bucket}`);
const putObject = statement("s3:PutObject", `arn:aws:s3:::${Bucket}/*`, {
  "s3:x-amz-acl": "bucket-owner-full-control",
});

const allow = (...Statement: readonly object[]) =>
  s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));

beforeEach(async () => {
  cloud = await testCloud();
  logs = cloud.client(CloudWatchLogsClient);
  s3 = cloud.client(S3Client);
  now = cloud.clock.now();
  await logs.send(new CreateLogGroupCommand({ logGroupName: "app" }));
  for (const logStreamName of [STREAM, "empty", "other"]) {
    await logs.send(new CreateLogStreamCommand({ logGroupName: "app", logStreamName }));
  }
  await s3.send(new CreateBucketCommand({ Bucket }));
  await allow(readAcl, putObject);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const write = (logStreamName: string, ...logEvents: readonly { timestamp: number; message: string }[]) =>
  logs.send(new PutLogEventsCommand({ logGroupName: "app", logStreamName, logEvents: [...logEvents] }));

const create = (more: Partial<CreateExportTaskCommandInput> = {}) =>
  logs.send(
    new CreateExportTaskCommand({ logGroupName: "app", from: now - HOUR_MS, to: now, destination: Bucket, ...more }),
  );

const described = async (taskId?: string) => (await logs.send(new DescribeExportTasksCommand({ taskId }))).exportTasks;

/** The end of the export under way. */
const ended = async () => {
  cloud.clock.advance(EXPORT_PENDING_MS);
  await cloud.tasks.idle();
};

const keys = async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key).sort();

test("an export writes each stream's events of its time, packed, and tells how it went", async () => {
  await write(STREAM, { timestamp: now - 2 * HOUR_MS, message: "before" }, { timestamp: now - 1, message: "one" });
  await write(STREAM, { timestamp: now, message: "two" }, { timestamp: now + 1, message: "after" });
  await write("other", { timestamp: now, message: "three" });
  const { taskId } = await create({ taskName: "nightly" });
  expect(await described(taskId)).toMatchObject([{ status: { code: "PENDING" } }]);
  await ended();
  expect(await described(taskId)).toEqual([
    {
      taskId,
      taskName: "nightly",
      logGroupName: "app",
      from: now - HOUR_MS,
      to: now,
      destination: Bucket,
      destinationPrefix: "exportedlogs",
      status: { code: "COMPLETED", message: "Completed successfully" },
      executionInfo: { creationTime: now, completionTime: now + EXPORT_PENDING_MS },
    },
  ]);
  const packed = `exportedlogs/${taskId}/2026-01-01-[$LATEST]abc/000000.gz`;
  expect(await keys()).toEqual(["aws-logs-write-test", packed, `exportedlogs/${taskId}/other/000000.gz`].sort());
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: packed }));
  expect(gunzipSync((await Body?.transformToByteArray()) ?? "").toString()).toBe(
    "2025-12-31T23:59:59.999Z one\n2026-01-01T00:00:00.000Z two\n",
  );
});

test("an export may be of some streams, and below a prefix", async () => {
  await write(STREAM, { timestamp: now, message: "one" });
  await write("other", { timestamp: now, message: "two" });
  const { taskId } = await create({ logStreamNamePrefix: "oth", destinationPrefix: "a/b" });
  await ended();
  expect(await keys()).toEqual([`a/b/${taskId}/other/000000.gz`, "a/b/aws-logs-write-test"].sort());
});

test("an export that cannot write its files has failed, and says why", async () => {
  await allow(readAcl, { ...putObject, Resource: `arn:aws:s3:::${Bucket}/aws-logs-write-test` });
  await write("other", { timestamp: now, message: "two" });
  const { taskId } = await create();
  await ended();
  const status = { code: "FAILED", message: expect.stringMatching(/^AccessDenied: /) };
  expect(await described(taskId)).toMatchObject([{ status }]);
});

test("an export that a restart cut off is taken up", async () => {
  await write("other", { timestamp: now, message: "two" });
  const { taskId } = await create();
  await cloud.tasks.interrupt("a restart");
  await cloud.resume();
  await ended();
  expect(await described(taskId)).toMatchObject([{ status: { code: "COMPLETED" } }]);
});

test("one export at a time; one that is over cannot be cancelled", async () => {
  const { taskId } = await create();
  expect(await refusal(create())).toBe("LimitExceededException: Resource limit exceeded.");
  const cancel = (id = taskId) => logs.send(new CancelExportTaskCommand({ taskId: id }));
  await cancel();
  expect(await described(taskId)).toMatchObject([{ status: { code: "CANCELLED" } }]);
  await ended();
  expect(await described(taskId)).toMatchObject([{ status: { code: "CANCELLED" } }]);
  expect(await refusal(cancel())).toBe("InvalidOperationException: The specified export task has already finished");
  expect(await refusal(cancel("none"))).toBe("ResourceNotFoundException: The specified export task does not exist.");
  expect(await described("none")).toEqual([]);
});

test("refuses groups and buckets that are not there, and buckets whose policy lets the service not in", async () => {
  expect(await refusal(create({ logGroupName: "none" }))).toBe(
    "ResourceNotFoundException: The specified log group does not exist.",
  );
  expect(await refusal(create({ destination: "not-there" }))).toBe(
    "InvalidParameterException: The given bucket does not exist. Please make sure the bucket is valid.",
  );
  const denied = (operation: string) =>
    `InvalidParameterException: ${operation} call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.`;
  await allow(putObject);
  expect(await refusal(create())).toBe(denied("GetBucketAcl"));
  await allow(readAcl);
  expect(await refusal(create())).toBe(denied("PutObject"));
});
