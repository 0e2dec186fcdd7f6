import type { LoggingEnabled } from "@aws-sdk/client-s3";
import { AwsError } from "../../../kernel/errors.ts";
import { invalidRequest, malformedXml } from "../errors.ts";
import { findBucket } from "../find.ts";
import { PERMISSIONS } from "../grants.ts";
import type { BucketRecord } from "../records.ts";
import { DEFAULT_REGION } from "../regions.ts";
import type { Operation, Room } from "../room.ts";

// Differs: recorded and told; nothing is accelerated, and nobody is asked to pay.

type ConfigurableRoom = Pick<Room, "buckets" | "configurations">;

export const putBucketAccelerateConfiguration =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"PutBucketAccelerateConfiguration"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    if (name.includes(".")) {
      throw invalidRequest("S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
    }
    if (!ACCELERATION.includes(input.AccelerateConfiguration.Status)) throw malformedXml();
    configurations.accelerate.put(name, input.AccelerateConfiguration);
    return {};
  };

const ACCELERATION: readonly unknown[] = ["Enabled", "Suspended"];

export const getBucketAccelerateConfiguration =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"GetBucketAccelerateConfiguration"> =>
  async (_ctx, input) =>
    configurations.accelerate.get(findBucket({ buckets }, input).name) ?? {};

export const putBucketRequestPayment =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"PutBucketRequestPayment"> =>
  async (_ctx, input) => {
    configurations.requestPayment.put(findBucket({ buckets }, input).name, input.RequestPaymentConfiguration);
    return {};
  };

export const getBucketRequestPayment =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"GetBucketRequestPayment"> =>
  async (_ctx, input) =>
    configurations.requestPayment.get(findBucket({ buckets }, input).name) ?? { Payer: "BucketOwner" };

export const putBucketLogging =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"PutBucketLogging"> =>
  async (_ctx, input) => {
    const source = findBucket({ buckets }, input);
    const { LoggingEnabled } = input.BucketLoggingStatus;
    if (!LoggingEnabled) {
      configurations.logging.delete(source.name);
      return {};
    }
    const target = buckets.get(LoggingEnabled.TargetBucket);
    if (!target || target.account !== source.account) throw noTarget(LoggingEnabled.TargetBucket);
    if (target.region !== source.region) throw crossLocation(source, target);
    checkGrants(LoggingEnabled.TargetGrants);
    configurations.logging.put(source.name, input.BucketLoggingStatus);
    return {};
  };

export const getBucketLogging =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"GetBucketLogging"> =>
  async (_ctx, input) =>
    configurations.logging.get(findBucket({ buckets }, input).name) ?? {};

/** AWS: any permission of a list is taken, though the model names three. */
const checkGrants = (grants: LoggingEnabled["TargetGrants"] = []): void => {
  for (const { Permission: permission } of grants) {
    if (permission !== undefined && !PERMISSIONS.some((each) => each === permission)) throw malformedXml();
  }
};

const noTarget = (bucket: string) =>
  new AwsError("InvalidTargetBucketForLogging", "The target bucket for logging does not exist", 400, {
    TargetBucket: bucket,
  });

/** AWS: us-east-1 goes without saying. */
const crossLocation = (source: BucketRecord, target: BucketRecord) =>
  new AwsError("CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ", 403, {
    ...(source.region === DEFAULT_REGION ? {} : { SourceBucketLocation: source.region }),
    TargetBucketLocation: target.region,
  });
