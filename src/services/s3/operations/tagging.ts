import { httpStatus } from "../../../kernel/operation.ts";
import { partOwner } from "../choice.ts";
import { notConfigured } from "../errors.ts";
import { findBucket, shownVersionId } from "../find.ts";
import { happened } from "../happened.ts";
import { MAX_BUCKET_TAGS, MAX_OBJECT_TAGS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { NO_CONTENT } from "../statuses.ts";
import { tagsFrom, tagsView } from "../tags.ts";
import { replaceVersion } from "../versions.ts";

export const putBucketTagging =
  (room: Pick<Room, "buckets">): Operation<"PutBucketTagging"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    room.buckets.put(bucket.name, { ...bucket, tags: tagsFrom(input.Tagging.TagSet, MAX_BUCKET_TAGS) });
    return { [httpStatus]: NO_CONTENT };
  };

export const getBucketTagging =
  (room: Pick<Room, "buckets">): Operation<"GetBucketTagging"> =>
  async (_ctx, input) => {
    const { name, tags } = findBucket(room, input);
    if (tags.length === 0) throw notConfigured("NoSuchTagSet", "The TagSet does not exist", name);
    return { TagSet: tagsView(tags) };
  };

export const deleteBucketTagging =
  (room: Pick<Room, "buckets">): Operation<"DeleteBucketTagging"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    room.buckets.put(bucket.name, { ...bucket, tags: [] });
    return {};
  };

export const putObjectTagging =
  (room: Room): Operation<"PutObjectTagging"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const tags = tagsFrom(input.Tagging.TagSet, MAX_OBJECT_TAGS);
    const object = { ...(await partOwner(room, ctx, input, "PUT")), tags };
    replaceVersion(room, object);
    happened(room, ctx, "ObjectTagging:Put", object);
    return shownVersionId(bucket, object);
  };

export const getObjectTagging =
  (room: Pick<Room, "buckets" | "objects" | "olderVersions">): Operation<"GetObjectTagging"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const object = await partOwner(room, ctx, input, "GET");
    return { TagSet: tagsView(object.tags), ...shownVersionId(bucket, object) };
  };

export const deleteObjectTagging =
  (room: Room): Operation<"DeleteObjectTagging"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const object = { ...(await partOwner(room, ctx, input, "DELETE")), tags: [] };
    replaceVersion(room, object);
    happened(room, ctx, "ObjectTagging:Delete", object);
    return shownVersionId(bucket, object);
  };
