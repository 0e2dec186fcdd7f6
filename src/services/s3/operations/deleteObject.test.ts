import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";

const versioned = async (room: S3Fixture, Status: "Enabled" | "Suspended" = "Enabled") => {
  await room.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status } }));
};

const remove = (room: S3Fixture, Key: string, VersionId?: string) =>
  room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key, VersionId }));

const versions = async (room: S3Fixture, more: object = {}) => {
  const { Versions = [], DeleteMarkers = [] } = await room.s3.send(
    new ListObjectVersionsCommand({ Bucket: BUCKET, ...more }),
  );
  return {
    versions: Versions.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]),
    markers: DeleteMarkers.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]),
  };
};

describe("DeleteObject", () => {
  it("removes for good where nothing is versioned, and is content when nothing is there", async () => {
    await using room = await s3Fixture();
    await room.put("k");
    expect(await remove(room, "k")).not.toHaveProperty("VersionId");
    await expect(room.read("k")).rejects.toMatchObject({ name: "NoSuchKey" });
    await remove(room, "k");
    await room.s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
  });

  it("puts a marker before versions, and takes it away again", async () => {
    await using room = await s3Fixture();
    await versioned(room);
    const one = await room.put("k", "one");
    const marker = await remove(room, "k");
    expect(marker.DeleteMarker).toBe(true);
    expect(await versions(room)).toEqual({ versions: [["k", one, false]], markers: [["k", marker.VersionId, true]] });
    await expect(room.s3.send(new DeleteBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: "BucketNotEmpty",
      message: "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    });
    expect(await remove(room, "k", marker.VersionId)).toMatchObject({ DeleteMarker: true });
    expect(await room.read("k")).toBe("one");
    await remove(room, "k", one);
    expect(await versions(room)).toEqual({ versions: [], markers: [] });
    await room.s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
  });

  it("replaces the version without an id where versioning is suspended", async () => {
    await using room = await s3Fixture();
    await room.put("k", "zero");
    await versioned(room);
    const one = await room.put("k", "one");
    await versioned(room, "Suspended");
    expect(await remove(room, "k")).toMatchObject({ DeleteMarker: true, VersionId: "null" });
    expect(await versions(room)).toEqual({ versions: [["k", one, false]], markers: [["k", "null", true]] });
    await room.put("k", "two");
    expect(await versions(room)).toEqual({
      versions: [
        ["k", "null", true],
        ["k", one, false],
      ],
      markers: [],
    });
  });

  it("lists versions page by page", async () => {
    await using room = await s3Fixture();
    await versioned(room);
    const a1 = await room.put("a");
    const a2 = await room.put("a");
    const b1 = await room.put("b");
    const page = await room.s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET, MaxKeys: 1 }));
    expect(page).toMatchObject({ IsTruncated: true, NextKeyMarker: "a", NextVersionIdMarker: a2 });
    const rest = await versions(room, { KeyMarker: "a", VersionIdMarker: a2 });
    expect(rest.versions.map(([, id]) => id)).toEqual([a1, b1]);
    expect((await versions(room, { KeyMarker: "a" })).versions.map(([, id]) => id)).toEqual([b1]);
  });

  it("deletes many keys, each for itself", async () => {
    await using room = await s3Fixture();
    await versioned(room);
    const one = await room.put("a");
    await room.put("b");
    const Objects = [{ Key: "a", VersionId: one }, { Key: "b" }, { Key: "none" }];
    const { Deleted, Errors } = await room.s3.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }));
    expect(Deleted).toHaveLength(3);
    expect(Deleted?.[0]).toEqual({ Key: "a", VersionId: one });
    expect(Deleted?.[1]).toMatchObject({ Key: "b", DeleteMarker: true });
    expect(Errors ?? []).toEqual([]);
    const quiet = await room.s3.send(
      new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [{ Key: "b" }], Quiet: true } }),
    );
    expect(quiet.Deleted ?? []).toEqual([]);
    await expect(
      room.s3.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [] } })),
    ).rejects.toMatchObject({ name: "MalformedXML" });
  });
});
