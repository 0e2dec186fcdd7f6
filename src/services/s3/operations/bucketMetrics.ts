import { deleteReport, getReport, listReports, putReport, type ReportRoom } from "../reports.ts";
import type { Operation } from "../room.ts";

export const putBucketMetricsConfiguration =
  (room: ReportRoom): Operation<"PutBucketMetricsConfiguration"> =>
  async (_ctx, input) =>
    putReport(room, room.configurations.metrics, input, input.MetricsConfiguration);

export const getBucketMetricsConfiguration =
  (room: ReportRoom): Operation<"GetBucketMetricsConfiguration"> =>
  async (_ctx, input) => ({ MetricsConfiguration: getReport(room, room.configurations.metrics, input) });

export const deleteBucketMetricsConfiguration =
  (room: ReportRoom): Operation<"DeleteBucketMetricsConfiguration"> =>
  async (_ctx, input) =>
    deleteReport(room, room.configurations.metrics, input);

export const listBucketMetricsConfigurations =
  (room: ReportRoom): Operation<"ListBucketMetricsConfigurations"> =>
  async (_ctx, input) =>
    listReports(room, room.configurations.metrics, input, "MetricsConfigurationList");
