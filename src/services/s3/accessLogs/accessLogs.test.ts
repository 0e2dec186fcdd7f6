import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type LoggingEnabled,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { canonicalId } from "../grants.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";

const LOGS = "logs";
const OWNER = canonicalId(TEST_ACCOUNT);
const DELIVERY_MS = 5 * 60_000;

const setUp = async (more: Partial<LoggingEnabled> = {}, mayDeliver = true) => {
  const fixture = await s3Fixture();
  const { s3 } = fixture;
  await s3.send(new CreateBucketCommand({ Bucket: LOGS }));
  const statement = {
    Effect: mayDeliver ? "Allow" : "Deny",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${LOGS}/*`,
    Condition: {
      ArnLike: { "aws:SourceArn": `arn:aws:s3:::${BUCKET}` },
      StringEquals: { "aws:SourceAccount": TEST_ACCOUNT },
    },
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await s3.send(new PutBucketPolicyCommand({ Bucket: LOGS, Policy }));
  const LoggingEnabled = { TargetBucket: LOGS, TargetPrefix: "log/", ...more };
  await s3.send(new PutBucketLoggingCommand({ Bucket: BUCKET, BucketLoggingStatus: { LoggingEnabled } }));
  return fixture;
};

const delivered = async ({ cloud, s3 }: S3Fixture) => {
  await cloud.tasks.idle();
  cloud.clock.advance(DELIVERY_MS);
  // What waits for its time wakes in the turn after it.
  await new Promise((resolve) => setImmediate(resolve));
  await cloud.tasks.idle();
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: LOGS }));
  return Contents.map(({ Key = "" }) => Key);
};

const linesOf = async ({ s3 }: S3Fixture, Key: string | undefined) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: LOGS, Key }));
  return ((await Body?.transformToString()) ?? "").split("\n");
};

describe("access logs", () => {
  test("tell of each request, answered or refused, in files below the prefix", async () => {
    await using fixture = await setUp();
    await fixture.put("a b", "hello");
    await fixture.read("a b");
    await fixture.read("none").catch(() => "refused");
    await fixture.s3.send(new GetBucketVersioningCommand({ Bucket: BUCKET }));
    const [key, ...others] = await delivered(fixture);
    expect(others).toEqual([]);
    expect(key).toMatch(/^log\/2026-01-01-00-05-00-[0-9A-F]{16}$/);
    const lines = await linesOf(fixture, key);
    expect(lines.pop()).toBe("");
    // The first is of the configuration itself.
    const told = lines.filter((line) => !line.includes("LOGGING_STATUS"));
    const start = `${OWNER} ${BUCKET} [01/Jan/2026:00:00:00 +0000]`;
    expect(told.every((line) => line.startsWith(start))).toBe(true);
    // AWS: in no particular order.
    expect(told).toHaveLength(4);
    for (const wanted of [
      / REST\.PUT\.OBJECT a%20b "PUT \/my-bucket\/a%20b\S* HTTP\/1\.1" 200 - - 5 /,
      / REST\.GET\.OBJECT a%20b "GET \S+ HTTP\/1\.1" 200 - 5 5 /,
      / REST\.GET\.OBJECT none "GET \S+ HTTP\/1\.1" 404 NoSuchKey \d+ - /,
      / REST\.GET\.VERSIONING - "GET \/my-bucket\S* HTTP\/1\.1" 200 - \d+ - /,
    ])
      expect(told).toContainEqual(expect.stringMatching(wanted));
    expect(told[0]).toContain(` ${OWNER} `);
    expect(told[0]).toContain(" SigV4 - AuthHeader ");
  });

  test("lie by account, region, bucket and day where that is wanted", async () => {
    await using fixture = await setUp({
      TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: "EventTime" } },
    });
    await fixture.put("a");
    const [key] = await delivered(fixture);
    expect(key).toMatch(
      new RegExp(`^log/${TEST_ACCOUNT}/us-east-1/${BUCKET}/2026/01/01/2026-01-01-00-00-00-[0-9A-F]{16}$`),
    );
  });

  test("are lost where the target does not take them", async () => {
    await using fixture = await setUp({}, false);
    await fixture.put("a");
    expect(await delivered(fixture)).toEqual([]);
  });
});
