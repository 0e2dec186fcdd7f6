import {
  CopyObjectCommand,
  type GlacierJobParameters,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketNotificationConfigurationCommand,
  RestoreObjectCommand,
  type RestoreRequest,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { DAY_MS } from "../../../kernel/clock.ts";
import type { CloudEvent } from "../../../kernel/events.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";

const Bucket = BUCKET;
const Key = "k";
const HOUR_MS = DAY_MS / 24;

const restore = ({ s3 }: S3Fixture, RestoreRequest: RestoreRequest) =>
  s3.send(new RestoreObjectCommand({ Bucket, Key, RestoreRequest }));

const speed = (Tier: GlacierJobParameters["Tier"]): RestoreRequest => ({ Days: 3, GlacierJobParameters: { Tier } });

const told = async ({ s3 }: S3Fixture) => (await s3.send(new HeadObjectCommand({ Bucket, Key }))).Restore;

const later = async ({ cloud }: S3Fixture, ms: number) => {
  cloud.clock.advance(ms);
  // What is due begins in the turn after its time has come.
  await new Promise((resolve) => setImmediate(resolve));
  await cloud.tasks.idle();
};

describe("shape", () => {
  test("a restoration is accepted; one of a copy that is there is done", async () => {
    await using fixture = await s3Fixture();
    await fixture.put(Key, "a", { StorageClass: "GLACIER" });
    expect((await restore(fixture, { Days: 3 })).$metadata.httpStatusCode).toBe(202);
    expect(await told(fixture)).toBe('ongoing-request="true"');
    await later(fixture, 3 * HOUR_MS);
    // The cloud of tests begins with 2026: three days after three o'clock, and on to the next midnight.
    expect(await told(fixture)).toBe('ongoing-request="false", expiry-date="Mon, 05 Jan 2026 00:00:00 GMT"');
    expect((await restore(fixture, { Days: 8 })).$metadata.httpStatusCode).toBe(200);
    expect(await told(fixture)).toContain('expiry-date="Sat, 10 Jan 2026 00:00:00 GMT"');
  });

  test("listings tell of it where they are asked to, and of each version's class", async () => {
    await using fixture = await s3Fixture();
    await fixture.put(Key, "a", { StorageClass: "DEEP_ARCHIVE" });
    await restore(fixture, { Days: 1 });
    const OptionalObjectAttributes = ["RestoreStatus" as const];
    const list = () => fixture.s3.send(new ListObjectsV2Command({ Bucket, OptionalObjectAttributes }));
    expect((await list()).Contents?.[0]?.RestoreStatus).toEqual({ IsRestoreInProgress: true });
    await later(fixture, 12 * HOUR_MS);
    const RestoreStatus = { IsRestoreInProgress: false, RestoreExpiryDate: new Date("2026-01-03T00:00:00Z") };
    expect((await list()).Contents?.[0]?.RestoreStatus).toEqual(RestoreStatus);
    const versions = new ListObjectVersionsCommand({ Bucket, OptionalObjectAttributes });
    expect((await fixture.s3.send(versions)).Versions).toMatchObject([{ StorageClass: "DEEP_ARCHIVE", RestoreStatus }]);
    const plain = await fixture.s3.send(new ListObjectsV2Command({ Bucket }));
    expect(plain.Contents?.[0]?.RestoreStatus).toBeUndefined();
  });
});

describe("refusals", () => {
  test.each<[string, string, RestoreRequest, string]>([
    ["an object that is no archive", "STANDARD_IA", { Days: 1 }, "InvalidObjectState: Restore is not allowed"],
    ["no days", "GLACIER", {}, "MalformedXML"],
    ["less than a day", "GLACIER", { Days: 0 }, "MalformedXML"],
    ["the tier of a selection", "GLACIER", { Days: 1, Tier: "Bulk" }, "MalformedXML"],
    ["haste with a deep archive", "DEEP_ARCHIVE", speed("Expedited"), "InvalidArgument: Retrieval option is not"],
    ["a selection", "GLACIER", { Type: "SELECT" }, "aloft has not built s3:RestoreObject of a selection yet."],
  ])("%s", async (_name, StorageClass, request, words) => {
    await using fixture = await s3Fixture();
    await fixture.put(Key, "a", { StorageClass });
    expect(await refusal(restore(fixture, request))).toContain(words);
  });

  test("a second one that is not faster", async () => {
    await using fixture = await s3Fixture();
    await fixture.put(Key, "a", { StorageClass: "GLACIER" });
    await restore(fixture, speed("Bulk"));
    expect(await refusal(restore(fixture, speed("Bulk")))).toContain("RestoreAlreadyInProgress");
    await restore(fixture, speed("Expedited"));
    await later(fixture, 60_000);
    expect(await told(fixture)).toContain('ongoing-request="false"');
  });

  test("no key, and what is archived cannot be read or copied", async () => {
    await using fixture = await s3Fixture();
    expect(await refusal(restore(fixture, { Days: 1 }))).toContain("NoSuchKey");
    await fixture.put(Key, "a", { StorageClass: "GLACIER" });
    expect(await refusal(fixture.read(Key))).toContain("The operation is not valid for the object's storage class");
    const copy = new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/${Key}` });
    expect(await refusal(fixture.s3.send(copy))).toContain("not valid for the source object's storage class");
  });
});

describe("behaviour", () => {
  test("the copy is read until its days are over, and EventBridge hears of each step", async () => {
    await using fixture = await s3Fixture();
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await fixture.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    await fixture.put(Key, "bytes", { StorageClass: "GLACIER" });
    const events: CloudEvent[] = [];
    fixture.cloud.events.subscribe((event) => events.push(event));
    await restore(fixture, speed("Expedited"));
    await later(fixture, 60_000);
    expect(await fixture.read(Key)).toBe("bytes");
    await later(fixture, 4 * DAY_MS);
    expect(await refusal(fixture.read(Key))).toContain("InvalidObjectState");
    expect(await told(fixture)).toBeUndefined();
    const heard = events.filter(({ source }) => source === "aws.s3");
    expect(heard).toMatchObject([
      { detailType: "Object Restore Initiated", detail: { "source-storage-class": "GLACIER" } },
      {
        detailType: "Object Restore Completed",
        detail: { "restore-expiry-time": "2026-01-05T00:00:00.000Z", requester: "s3.amazonaws.com" },
      },
      { detailType: "Object Restore Expired", detail: { object: { key: Key } } },
    ]);
  });
});
