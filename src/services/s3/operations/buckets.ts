import { sealName } from "../../../kernel/paging.ts";
import { wholeSeconds } from "../conditions.ts";
import { clearConfigurations } from "../configurations.ts";
import { bucketNotEmpty, invalidArgument, notFound, versionsNotEmpty } from "../errors.ts";
import { findBucket, ownedBuckets } from "../find.ts";
import { ownerView } from "../grants.ts";
import { MAX_BUCKETS } from "../limits.ts";
import { openToken } from "../paging.ts";
import { constraintOf, DEFAULT_REGION } from "../regions.ts";
import type { Operation, Room } from "../room.ts";
import { endUpload } from "../uploads.ts";

export const deleteBucket =
  (room: Room): Operation<"DeleteBucket"> =>
  async (_ctx, input) => {
    const { name, versioning } = findBucket(room, input);
    const isEmpty = room.objects.count({ prefix: [name], limit: 1 }) === 0;
    if (!isEmpty) throw versioning === undefined ? bucketNotEmpty(name) : versionsNotEmpty(name);
    room.atomically(() => {
      // AWS: uploads in progress hold directory buckets alone.
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
      for (const { value } of room.uploads.range({ prefix: [name] })) endUpload(room, value);
      room.buckets.delete(name);
      clearConfigurations(room.configurations, name);
    });
    return {};
  };

export const headBucket =
  (room: Pick<Room, "buckets">): Operation<"HeadBucket"> =>
  async (_ctx, input) => {
    if (!room.buckets.has(input.Bucket)) throw notFound();
    const { region, name } = findBucket(room, input);
    return { BucketRegion: region, BucketArn: `arn:aws:s3:::${name}`, AccessPointAlias: false };
  };

export const getBucketLocation =
  (room: Pick<Room, "buckets">): Operation<"GetBucketLocation"> =>
  async (_ctx, input) => {
    const { region, legacyLocation } = findBucket(room, input);
    // AWS: us-east-1 is told by saying nothing.
    return region === DEFAULT_REGION ? {} : { LocationConstraint: legacyLocation ?? constraintOf(region) };
  };

export const listBuckets =
  (room: Pick<Room, "buckets">): Operation<"ListBuckets"> =>
  async (ctx, input) => {
    const { Prefix = "", BucketRegion, ContinuationToken, MaxBuckets } = input;
    const after = ContinuationToken ? openToken(ContinuationToken) : "";
    if (BucketRegion !== undefined && BucketRegion !== DEFAULT_REGION && !constraintOf(BucketRegion)) {
      throw invalidArgument(`Argument value ${BucketRegion} is not a valid AWS Region`, "bucket-region");
    }
    // AWS: regions are told to those who ask for a page, or for some buckets only.
    const tellsRegion = [input.Prefix, BucketRegion, ContinuationToken, MaxBuckets].some((each) => each !== undefined);
    const owned = ownedBuckets(room, ctx.account).filter(
      ({ name, region }) =>
        name > after && name.startsWith(Prefix) && (BucketRegion === undefined || region === BucketRegion),
    );
    const page = owned.slice(0, MaxBuckets ?? MAX_BUCKETS);
    const last = page.at(-1);
    return {
      Buckets: page.map(({ name, region, createdAt }) => ({
        Name: name,
        CreationDate: new Date(wholeSeconds(createdAt)),
        ...(tellsRegion ? { BucketRegion: region } : {}),
        BucketArn: `arn:aws:s3:::${name}`,
      })),
      Owner: ownerView(ctx.account),
      ...(input.Prefix === undefined ? {} : { Prefix }),
      ...(last && owned.length > page.length ? { ContinuationToken: sealName(last.name) } : {}),
    };
  };
