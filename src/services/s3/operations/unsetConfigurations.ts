import { notConfigured } from "../errors.ts";
import { findBucket } from "../find.ts";
import type { Operation, Room } from "../room.ts";

// What can be asked of every bucket but is not built here: the answers of a bucket on which it was never set.
// Setting any of it is NotImplemented, by the operation's name.

type Buckets = Pick<Room, "buckets">;

export const getBucketAccelerateConfiguration =
  (room: Buckets): Operation<"GetBucketAccelerateConfiguration"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    return {};
  };

export const getBucketLogging =
  (room: Buckets): Operation<"GetBucketLogging"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    return {};
  };

export const getBucketRequestPayment =
  (room: Buckets): Operation<"GetBucketRequestPayment"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    return { Payer: "BucketOwner" };
  };

export const getBucketReplication =
  (room: Buckets): Operation<"GetBucketReplication"> =>
  async (_ctx, input) => {
    const { name } = findBucket(room, input);
    const message = "The replication configuration was not found";
    throw notConfigured("ReplicationConfigurationNotFoundError", message, name);
  };

export const listBucketAnalyticsConfigurations =
  (room: Buckets): Operation<"ListBucketAnalyticsConfigurations"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    return { IsTruncated: false };
  };

export const listBucketIntelligentTieringConfigurations =
  (room: Buckets): Operation<"ListBucketIntelligentTieringConfigurations"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    return { IsTruncated: false };
  };

export const listBucketInventoryConfigurations =
  (room: Buckets): Operation<"ListBucketInventoryConfigurations"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    return { IsTruncated: false };
  };

export const listBucketMetricsConfigurations =
  (room: Buckets): Operation<"ListBucketMetricsConfigurations"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    return { IsTruncated: false };
  };

const noSuchConfiguration = (bucket: string) =>
  notConfigured("NoSuchConfiguration", "The specified configuration does not exist.", bucket);

export const getBucketAnalyticsConfiguration =
  (room: Buckets): Operation<"GetBucketAnalyticsConfiguration"> =>
  async (_ctx, input) => {
    throw noSuchConfiguration(findBucket(room, input).name);
  };

export const getBucketIntelligentTieringConfiguration =
  (room: Buckets): Operation<"GetBucketIntelligentTieringConfiguration"> =>
  async (_ctx, input) => {
    throw noSuchConfiguration(findBucket(room, input).name);
  };

export const getBucketInventoryConfiguration =
  (room: Buckets): Operation<"GetBucketInventoryConfiguration"> =>
  async (_ctx, input) => {
    throw noSuchConfiguration(findBucket(room, input).name);
  };

export const getBucketMetricsConfiguration =
  (room: Buckets): Operation<"GetBucketMetricsConfiguration"> =>
  async (_ctx, input) => {
    throw noSuchConfiguration(findBucket(room, input).name);
  };
