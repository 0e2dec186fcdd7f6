import { AwsError } from "../../../kernel/errors.ts";
import { deleteReport, getReport, listReports, putReport, type ReportRoom } from "../reports.ts";
import type { Operation } from "../room.ts";

export const putBucketInventoryConfiguration =
  (room: ReportRoom): Operation<"PutBucketInventoryConfiguration"> =>
  async (_ctx, input) => {
    const { Id, Destination } = input.InventoryConfiguration;
    if (Id !== input.Id) throw idMismatch();
    const { Bucket } = Destination.S3BucketDestination;
    if (!/^arn:[\w-]+:s3:::.+$/.test(Bucket)) {
      throw new AwsError("InvalidS3DestinationBucket", "Invalid bucket ARN.", 400);
    }
    return putReport(room, room.configurations.inventory, input, input.InventoryConfiguration);
  };

export const getBucketInventoryConfiguration =
  (room: ReportRoom): Operation<"GetBucketInventoryConfiguration"> =>
  async (_ctx, input) => ({ InventoryConfiguration: getReport(room, room.configurations.inventory, input) });

export const deleteBucketInventoryConfiguration =
  (room: ReportRoom): Operation<"DeleteBucketInventoryConfiguration"> =>
  async (_ctx, input) =>
    deleteReport(room, room.configurations.inventory, input);

export const listBucketInventoryConfigurations =
  (room: ReportRoom): Operation<"ListBucketInventoryConfigurations"> =>
  async (_ctx, input) =>
    listReports(room, room.configurations.inventory, input, "InventoryConfigurationList");

/** AWS: told of inventories alone; the other reports' documents are malformed under another id. */
const idMismatch = () => new AwsError("IdMismatch", "Document ID does not match the specified configuration ID.", 400);
