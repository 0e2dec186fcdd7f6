import { errorCode, isRefusal } from "../../../kernel/errors.ts";
import { invalidParameter } from "../errors.ts";
import { asLogs } from "../filters/subscriptions.ts";
import type { ExportRecord } from "../records.ts";
import type { Room } from "../room.ts";

/**
 * AWS: the bucket's policy must let the service read its ACL and write to it, which is tried before the task is made: at the
 * root of the bucket, or below the prefix where one is given.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasksConsole.html
 */
export const checkExportBucket = async (
  room: Room,
  { group, bucket }: ExportRecord,
  givenPrefix: string | undefined,
): Promise<void> => {
  const { call } = asLogs(room, group);
  await letting("GetBucketAcl", () => call("s3", "GetBucketAcl", { Bucket: bucket }));
  const Body = Buffer.from("Permission Check Successful");
  const Key = givenPrefix === undefined ? WRITE_TEST : `${givenPrefix}/${WRITE_TEST}`;
  await letting("PutObject", () => call("s3", "PutObject", objectIn(bucket, Key, Body)));
};

const WRITE_TEST = "aws-logs-write-test";

/** AWS: objects are their bucket's owner's, which many policies ask for by this header. */
export const objectIn = (Bucket: string, Key: string, Body: Uint8Array) => ({
  Bucket,
  Key,
  Body,
  ContentLength: Body.length,
  ACL: "bucket-owner-full-control" as const,
});

const letting = async (operation: string, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (errorCode(error) === "NoSuchBucket") {
      throw invalidParameter("The given bucket does not exist. Please make sure the bucket is valid.");
    }
    throw invalidParameter(
      `${operation} call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.`,
    );
  }
};
