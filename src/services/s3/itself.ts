import type { Context } from "../../kernel/context.ts";
import type { ServicePrincipal } from "../../kernel/principal.ts";
import type { BucketRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** As which S3 delivers access logs. */
export const LOGGING_SERVICE = "logging.s3.amazonaws.com";

/** S3 itself, at work on a bucket. */
export const s3For = (
  { name, account }: Pick<BucketRecord, "name" | "account">,
  partition = "aws",
): ServicePrincipal => ({
  kind: "service",
  account,
  service: "s3.amazonaws.com",
  sourceArn: `arn:${partition}:s3:::${name}`,
});

/** What S3 does to a bucket by itself, where the bucket is. */
export const asS3 = (
  { contextAs }: Pick<Room, "contextAs">,
  bucket: Pick<BucketRecord, "name" | "account" | "region">,
): Context => contextAs(s3For(bucket), undefined, bucket.region);
