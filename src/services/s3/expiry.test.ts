import {
  CreateMultipartUploadCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../kernel/clock.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "./s3Fixture.ts";

const rule = ({ s3 }: S3Fixture, more: Partial<LifecycleRule>) =>
  s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket: BUCKET,
      LifecycleConfiguration: { Rules: [{ Status: "Enabled", Filter: { Prefix: "" }, ...more }] },
    }),
  );

const keys = async ({ s3 }: S3Fixture) => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.map(({ Key }) => Key);
};

const pass = async ({ cloud }: S3Fixture, days: number) => {
  for (let day = 0; day < days; day++) {
    cloud.clock.advance(DAY_MS);
    // The sleeper wakes in the turns that a request takes.
    await cloud.tasks.idle();
    await new Promise((resolve) => setImmediate(resolve));
    await cloud.tasks.idle();
  }
};

describe("a lifecycle", () => {
  it("expires what its filter names, at the midnight after its days", async () => {
    await using room = await s3Fixture();
    await rule(room, {
      Filter: { And: { Prefix: "tmp/", Tags: [{ Key: "keep", Value: "no" }] } },
      Expiration: { Days: 2 },
    });
    await room.put("tmp/a", "a", { Tagging: "keep=no" });
    await room.put("tmp/b");
    await room.put("c", "c", { Tagging: "keep=no" });
    await pass(room, 1);
    expect(await keys(room)).toEqual(["c", "tmp/a", "tmp/b"]);
    await pass(room, 1);
    expect(await keys(room)).toEqual(["c", "tmp/b"]);
  });

  it("puts markers where there are versions, removes older ones, and then the markers", async () => {
    await using room = await s3Fixture();
    await room.s3.send(
      new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: "Enabled" } }),
    );
    await rule(room, { Expiration: { Days: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 2 } });
    await room.put("k");
    const versions = async () => {
      const { Versions = [], DeleteMarkers = [] } = await room.s3.send(
        new ListObjectVersionsCommand({ Bucket: BUCKET }),
      );
      return [Versions.length, DeleteMarkers.length];
    };
    await pass(room, 1);
    expect(await versions()).toEqual([1, 1]);
    await pass(room, 2);
    expect(await versions()).toEqual([0, 0]);
  });

  it("gives up uploads that were left", async () => {
    await using room = await s3Fixture();
    await rule(room, { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } });
    await room.s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: "k" }));
    await pass(room, 1);
    expect((await room.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads).toBeUndefined();
  });

  it("must do something", async () => {
    await using room = await s3Fixture();
    await expect(rule(room, {})).rejects.toMatchObject({ name: "InvalidRequest" });
  });
});
