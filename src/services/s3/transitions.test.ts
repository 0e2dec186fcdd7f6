import {
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  type LifecycleRule,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  type Transition,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../test/refusal.ts";
import { DAY_MS } from "../../kernel/clock.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "./s3Fixture.ts";

const Bucket = BUCKET;
const RULE: LifecycleRule = { ID: "down", Status: "Enabled", Filter: { Prefix: "in/" } };
/** Of objects that are moved whatever the rule says of sizes. */
const LARGE = "x".repeat(128 * 1024);

const configure = ({ s3 }: S3Fixture, rule: Partial<LifecycleRule>, more: object = {}) =>
  s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: { Rules: [{ ...RULE, ...rule }] },
      ...more,
    }),
  );

const classOf = async ({ s3 }: S3Fixture, Key: string) =>
  (await s3.send(new HeadObjectCommand({ Bucket, Key }))).StorageClass ?? "STANDARD";

const pass = async ({ cloud }: S3Fixture, days: number) => {
  cloud.clock.advance(days * DAY_MS);
  // What waits for midnight wakes in the turn after it.
  await new Promise((resolve) => setImmediate(resolve));
  await cloud.tasks.idle();
};

describe("refusals", () => {
  const glacier = (Days: number): Transition => ({ Days, StorageClass: "GLACIER" });
  const ONE = new Date("2027-01-01T00:00:00Z");
  const FILTER = "'(prefix=in/)'";
  test.each<[string, Partial<LifecycleRule>, string]>([
    ["no time", { Transitions: [{ StorageClass: "GLACIER" }] }, "MalformedXML"],
    ["no class", { Transitions: [{ Days: 1 }] }, "MalformedXML"],
    [
      "a class twice",
      { Transitions: [glacier(1), glacier(2)] },
      `InvalidRequest: 'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter ${FILTER}`,
    ],
    [
      "days and dates",
      { Transitions: [glacier(1), { Date: ONE, StorageClass: "DEEP_ARCHIVE" }] },
      `InvalidRequest: Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for filter ${FILTER}`,
    ],
    [
      "days and an expiration's date",
      { Transitions: [glacier(1)], Expiration: { Date: ONE } },
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter ${FILTER}`,
    ],
    [
      "no midnight",
      { Transitions: [{ Date: new Date(1), StorageClass: "GLACIER" }] },
      "'Date' must be at midnight GMT",
    ],
    [
      "a deeper class sooner",
      { Transitions: [glacier(90), { Days: 60, StorageClass: "DEEP_ARCHIVE" }] },
      `'Days' in the Transition action for StorageClass 'DEEP_ARCHIVE' for filter ${FILTER} must be greater than`,
    ],
    [
      "an end before",
      { Transitions: [glacier(9)], Expiration: { Days: 9 } },
      `'Days' in the Expiration action for filter ${FILTER} must be greater than 'Days' in the Transition action`,
    ],
    [
      "an end of older versions before",
      {
        NoncurrentVersionTransitions: [{ NoncurrentDays: 9, StorageClass: "GLACIER" }],
        NoncurrentVersionExpiration: { NoncurrentDays: 9 },
      },
      "'NoncurrentDays' in the NoncurrentVersionTransition action",
    ],
    [
      "older versions too early",
      { NoncurrentVersionTransitions: [{ NoncurrentDays: 29, StorageClass: "ONEZONE_IA" }] },
      "'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to 30",
    ],
  ])("%s", async (_name, rule, words) => {
    await using fixture = await s3Fixture();
    expect(await refusal(configure(fixture, rule))).toContain(words);
  });
});

describe("behaviour", () => {
  test("objects descend at the midnight after their days, as far as is due, and EventBridge is told", async () => {
    await using fixture = await s3Fixture();
    const events: CloudEvent[] = [];
    fixture.cloud.events.subscribe((event) => events.push(event));
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await fixture.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    await configure(fixture, {
      Transitions: [
        { Days: 30, StorageClass: "STANDARD_IA" },
        { Days: 60, StorageClass: "GLACIER" },
      ],
    });
    await fixture.put("in/a", LARGE);
    await fixture.put("out/a", LARGE);
    await fixture.put("in/deep", LARGE, { StorageClass: "DEEP_ARCHIVE" });
    await pass(fixture, 29);
    expect(await classOf(fixture, "in/a")).toBe("STANDARD");
    await pass(fixture, 1);
    expect(await classOf(fixture, "in/a")).toBe("STANDARD_IA");
    await pass(fixture, 30);
    expect(await classOf(fixture, "in/a")).toBe("GLACIER");
    expect(await classOf(fixture, "out/a")).toBe("STANDARD");
    expect(await classOf(fixture, "in/deep")).toBe("DEEP_ARCHIVE");
    expect(await refusal(fixture.read("in/a"))).toContain("InvalidObjectState");
    const changes = events.filter(({ detailType }) => detailType === "Object Storage Class Changed");
    expect(changes.map(({ detail }) => detail)).toMatchObject([
      { "destination-storage-class": "STANDARD_IA", object: { key: "in/a" }, requester: "s3.amazonaws.com" },
      { "destination-storage-class": "GLACIER" },
    ]);
  });

  test("small objects stay, unless the bucket or the rule's filter says otherwise", async () => {
    await using fixture = await s3Fixture();
    const Transitions: Transition[] = [{ Days: 0, StorageClass: "GLACIER" }];
    await fixture.put("in/a", "small");
    await configure(fixture, { Transitions });
    await pass(fixture, 1);
    expect(await classOf(fixture, "in/a")).toBe("STANDARD");
    await configure(fixture, { Transitions }, { TransitionDefaultMinimumObjectSize: "varies_by_storage_class" });
    await pass(fixture, 1);
    expect(await classOf(fixture, "in/a")).toBe("GLACIER");
    await fixture.put("in/b", "small");
    await configure(fixture, { Transitions, Filter: { ObjectSizeGreaterThan: 1 } });
    await pass(fixture, 1);
    expect(await classOf(fixture, "in/b")).toBe("GLACIER");
  });

  test("older versions descend by the days since they were replaced", async () => {
    await using fixture = await s3Fixture();
    const VersioningConfiguration = { Status: "Enabled" as const };
    await fixture.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    await configure(fixture, {
      NoncurrentVersionTransitions: [{ NoncurrentDays: 2, NewerNoncurrentVersions: 1, StorageClass: "DEEP_ARCHIVE" }],
    });
    for (const byte of ["1", "2", "3"]) await fixture.put("in/a", LARGE.replaceAll("x", byte));
    await pass(fixture, 2);
    const { Versions = [] } = await fixture.s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions.map(({ StorageClass }) => StorageClass)).toEqual(["STANDARD", "STANDARD", "DEEP_ARCHIVE"]);
  });

  test("who begins an upload is told when it will be given up", async () => {
    await using fixture = await s3Fixture();
    await configure(fixture, { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } });
    const begun = await fixture.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "in/a" }));
    expect(begun).toMatchObject({ AbortDate: new Date("2026-01-03T00:00:00Z"), AbortRuleId: "down" });
    const other = await fixture.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "out/a" }));
    expect(other.AbortDate).toBeUndefined();
  });
});
