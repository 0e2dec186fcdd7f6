import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  DeleteBucketReplicationCommand,
  DeleteObjectCommand,
  GetBucketReplicationCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectTaggingCommand,
  type ReplicationRule,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { allow, serviceRole } from "../../../../test/serviceRole.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";

const COPIES = "copies";

const versioned = (s3: S3Fixture["s3"], Bucket: string, Status: "Enabled" | "Suspended" = "Enabled") =>
  s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

const RULE = {
  ID: "all",
  Status: "Enabled",
  Priority: 1,
  Filter: {},
  DeleteMarkerReplication: { Status: "Disabled" },
  Destination: { Bucket: `arn:aws:s3:::${COPIES}` },
} satisfies ReplicationRule;

/** Two buckets with versions, a role that may do these things, and what sets rules between them. */
const twoBuckets = async (actions: string | readonly string[] = "s3:*") => {
  const room = await s3Fixture();
  await room.s3.send(new CreateBucketCommand({ Bucket: COPIES }));
  await versioned(room.s3, BUCKET);
  await versioned(room.s3, COPIES);
  const iam = room.cloud.client(IAMClient);
  const Role = await serviceRole(iam, "replicator", "s3", actions);
  const configure = (...Rules: ReplicationRule[]) =>
    room.s3.send(new PutBucketReplicationCommand({ Bucket: BUCKET, ReplicationConfiguration: { Role, Rules } }));
  const head = (Bucket: string, Key: string) => room.s3.send(new HeadObjectCommand({ Bucket, Key }));
  return { room, iam, Role, configure, head, [Symbol.asyncDispose]: () => room[Symbol.asyncDispose]() };
};

describe("shape", () => {
  it("a configuration is given back with an id for each rule, and goes", async () => {
    await using made = await twoBuckets();
    const { room, Role, configure } = made;
    const { ID: _, ...unnamed } = RULE;
    await configure(unnamed);
    const { ReplicationConfiguration } = await room.s3.send(new GetBucketReplicationCommand({ Bucket: BUCKET }));
    expect(ReplicationConfiguration).toEqual({ Role, Rules: [{ ...unnamed, ID: expect.stringMatching(/^\w{48}$/) }] });
    await room.s3.send(new DeleteBucketReplicationCommand({ Bucket: BUCKET }));
    await room.s3.send(new DeleteBucketReplicationCommand({ Bucket: BUCKET }));
    await expect(room.s3.send(new GetBucketReplicationCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: "ReplicationConfigurationNotFoundError",
    });
  });
});

describe("refusals", () => {
  const { Filter: _f, Priority: _p, DeleteMarkerReplication: _d, ...older } = RULE;
  const { Priority: _q, ...unranked } = RULE;
  const tagged = { Filter: { Tag: { Key: "a", Value: "b" } }, DeleteMarkerReplication: { Status: "Enabled" as const } };
  const rules: readonly (readonly [string, readonly ReplicationRule[]])[] = [
    ["did not validate", []],
    ["Priority must be specified", [unranked]],
    ["Priority cannot be used", [{ ...older, Priority: 1 }]],
    ["DeleteMarkerReplication cannot be used", [{ ...older, DeleteMarkerReplication: { Status: "Enabled" } }]],
    ["Delete marker replication is not supported", [{ ...RULE, ...tagged }]],
    ["Rule ID must be unique", [RULE, { ...RULE, Priority: 2 }]],
    ["Priority must be unique", [RULE, { ...RULE, ID: "other" }]],
    ["must have versioning enabled", [{ ...RULE, Destination: { Bucket: "arn:aws:s3:::nowhere" } }]],
    ["cannot be the same", [{ ...RULE, Destination: { Bucket: `arn:aws:s3:::${BUCKET}` } }]],
    [
      "ReplicaKmsKeyID must be specified",
      [{ ...RULE, SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: "Enabled" } } }],
    ],
  ];
  it.each(rules)("%s", async (message, Rules) => {
    await using made = await twoBuckets();
    await expect(made.configure(...Rules)).rejects.toThrow(message);
  });

  it("both buckets must have versions, and the source keeps them", async () => {
    await using made = await twoBuckets();
    await versioned(made.room.s3, BUCKET, "Suspended");
    await expect(made.configure(RULE)).rejects.toThrow("Versioning must be 'Enabled' on the bucket");
    await versioned(made.room.s3, BUCKET);
    await made.configure(RULE);
    await expect(versioned(made.room.s3, BUCKET, "Suspended")).rejects.toMatchObject({ name: "InvalidBucketState" });
  });
});

describe("behaviour", () => {
  it("an object goes to the other bucket with its version, metadata and tags", async () => {
    await using made = await twoBuckets();
    const { room, configure, head } = made;
    await room.put("before");
    await configure({ ...RULE, Destination: { ...RULE.Destination, StorageClass: "STANDARD_IA" } });
    const VersionId = await room.put("a", "hello", { Metadata: { made: "here" }, Tagging: "stage=dev" });
    await room.cloud.tasks.idle();
    expect(await head(BUCKET, "a")).toMatchObject({ ReplicationStatus: "COMPLETED" });
    const replica = await room.s3.send(new GetObjectCommand({ Bucket: COPIES, Key: "a" }));
    expect(replica).toMatchObject({
      VersionId,
      ReplicationStatus: "REPLICA",
      StorageClass: "STANDARD_IA",
      Metadata: { made: "here" },
      TagCount: 1,
    });
    expect(await replica.Body?.transformToString()).toBe("hello");
    await expect(head(COPIES, "before")).rejects.toMatchObject({ name: "NotFound" });
  });

  it("a rule may leave out what its filter says is not meant", async () => {
    await using made = await twoBuckets();
    const { room, configure, head } = made;
    await configure({ ...RULE, Filter: { Not: { Or: { Prefixes: ["tmp/"], Tags: [{ Key: "keep", Value: "no" }] } } } });
    await room.put("a");
    await room.put("tmp/b");
    await room.put("c", "c", { Tagging: "keep=no" });
    await room.cloud.tasks.idle();
    expect(await head(COPIES, "a")).toMatchObject({ ReplicationStatus: "REPLICA" });
    await expect(head(COPIES, "tmp/b")).rejects.toMatchObject({ name: "NotFound" });
    await expect(head(COPIES, "c")).rejects.toMatchObject({ name: "NotFound" });
  });

  it("prefix and tags choose, and the highest priority decides for one bucket", async () => {
    await using made = await twoBuckets();
    const { room, configure, head } = made;
    await configure(
      { ...RULE, Filter: { And: { Prefix: "in/", Tags: [{ Key: "go", Value: "yes" }] } } },
      {
        ...RULE,
        ID: "cold",
        Priority: 2,
        Filter: { Prefix: "in/cold/" },
        Destination: { ...RULE.Destination, StorageClass: "GLACIER_IR" },
      },
    );
    await room.put("in/a", "a", { Tagging: "go=yes" });
    await room.put("in/b", "b");
    await room.put("in/cold/c", "c", { Tagging: "go=yes" });
    await room.cloud.tasks.idle();
    expect(await head(COPIES, "in/a")).not.toHaveProperty("StorageClass");
    expect(await head(COPIES, "in/cold/c")).toMatchObject({ StorageClass: "GLACIER_IR" });
    expect(await head(BUCKET, "in/b")).not.toHaveProperty("ReplicationStatus");
    await expect(head(COPIES, "in/b")).rejects.toMatchObject({ name: "NotFound" });
  });

  it("delete markers go along where the rule says so; removed versions stay", async () => {
    await using made = await twoBuckets();
    const { room, configure, head } = made;
    await configure({ ...RULE, DeleteMarkerReplication: { Status: "Enabled" } });
    const kept = await room.put("kept");
    await room.put("gone");
    await room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "gone" }));
    await room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "kept", VersionId: kept }));
    await room.cloud.tasks.idle();
    expect(await head(COPIES, "kept")).toMatchObject({ VersionId: kept });
    const there = await room.s3.send(new ListObjectVersionsCommand({ Bucket: COPIES }));
    const here = await room.s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
    expect(there.DeleteMarkers).toEqual(here.DeleteMarkers);
    await configure(RULE);
    await room.put("stays");
    await room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "stays" }));
    await room.cloud.tasks.idle();
    expect(await head(COPIES, "stays")).toMatchObject({ ReplicationStatus: "REPLICA" });
  });

  it("versions of a key arrive in their order, and later tags follow", async () => {
    await using made = await twoBuckets();
    const { room, configure, head } = made;
    await configure(RULE);
    await room.put("a", "one");
    await room.put("a", "two");
    const newest = await room.put("a", "three");
    await room.cloud.tasks.idle();
    expect(await head(COPIES, "a")).toMatchObject({ VersionId: newest, ContentLength: 5 });
    const Tagging = { TagSet: [{ Key: "late", Value: "yes" }] };
    await room.s3.send(new PutObjectTaggingCommand({ Bucket: BUCKET, Key: "a", Tagging }));
    await room.cloud.tasks.idle();
    const { TagSet } = await room.s3.send(new GetObjectTaggingCommand({ Bucket: COPIES, Key: "a" }));
    expect(TagSet).toEqual(Tagging.TagSet);
  });

  it("fails where the role may not, and goes without tags that it may not take along", async () => {
    const NEEDED = [
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:GetObjectVersionForReplication",
      "s3:GetObjectVersionAcl",
    ];
    await using made = await twoBuckets(NEEDED);
    const { room, iam, configure, head } = made;
    await configure(RULE);
    await room.put("a");
    await room.cloud.tasks.idle();
    expect(await head(BUCKET, "a")).toMatchObject({ ReplicationStatus: "FAILED" });
    await expect(head(COPIES, "a")).rejects.toMatchObject({ name: "NotFound" });
    await allow(iam, "replicator", [...NEEDED, "s3:ReplicateObject"]);
    await room.put("a", "again", { Tagging: "a=b" });
    await room.cloud.tasks.idle();
    expect(await head(BUCKET, "a")).toMatchObject({ ReplicationStatus: "COMPLETED", TagCount: 1 });
    expect(await head(COPIES, "a")).not.toHaveProperty("TagCount");
  });

  it("changes of a replica go back where a rule syncs them, and replicas go nowhere", async () => {
    await using made = await twoBuckets();
    const { room, Role, configure, head } = made;
    await configure(RULE);
    const Destination = { Bucket: `arn:aws:s3:::${BUCKET}` };
    const SourceSelectionCriteria = { ReplicaModifications: { Status: "Enabled" as const } };
    const Rules = [{ ...RULE, Destination, SourceSelectionCriteria }];
    const back = new PutBucketReplicationCommand({ Bucket: COPIES, ReplicationConfiguration: { Role, Rules } });
    await room.s3.send(back);
    await room.put("a");
    await room.cloud.tasks.idle();
    const Tagging = { TagSet: [{ Key: "from", Value: "there" }] };
    await room.s3.send(new PutObjectTaggingCommand({ Bucket: COPIES, Key: "a", Tagging }));
    await room.cloud.tasks.idle();
    const { TagSet } = await room.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: "a" }));
    expect(TagSet).toEqual(Tagging.TagSet);
    expect(await head(BUCKET, "a")).toMatchObject({ ReplicationStatus: "COMPLETED" });
    expect(await head(COPIES, "a")).toMatchObject({ ReplicationStatus: "REPLICA" });
    const { Versions } = await room.s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
    expect(Versions).toHaveLength(1);
  });

  it("what a restart cut off is sent after it", async () => {
    await using made = await twoBuckets();
    const { room, configure, head } = made;
    await configure(RULE);
    let stopped = () => {};
    room.cloud.tasks.spawn(
      "what is slow to stop",
      () =>
        new Promise((resolve) => {
          stopped = resolve;
        }),
    );
    const restart = room.cloud.tasks.interrupt("a restart");
    await room.put("a");
    await room.put("b");
    stopped();
    await restart;
    expect(await head(BUCKET, "b")).toMatchObject({ ReplicationStatus: "PENDING" });
    await room.cloud.resume();
    await room.cloud.tasks.idle();
    for (const key of ["a", "b"]) {
      expect(await head(BUCKET, key)).toMatchObject({ ReplicationStatus: "COMPLETED" });
      expect(await head(COPIES, key)).toMatchObject({ ReplicationStatus: "REPLICA" });
    }
  });
});
