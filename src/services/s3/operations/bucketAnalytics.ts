import { deleteReport, getReport, listReports, putReport, type ReportRoom } from "../reports.ts";
import type { Operation } from "../room.ts";

export const putBucketAnalyticsConfiguration =
  (room: ReportRoom): Operation<"PutBucketAnalyticsConfiguration"> =>
  async (_ctx, input) =>
    putReport(room, room.configurations.analytics, input, input.AnalyticsConfiguration);

export const getBucketAnalyticsConfiguration =
  (room: ReportRoom): Operation<"GetBucketAnalyticsConfiguration"> =>
  async (_ctx, input) => ({ AnalyticsConfiguration: getReport(room, room.configurations.analytics, input) });

export const deleteBucketAnalyticsConfiguration =
  (room: ReportRoom): Operation<"DeleteBucketAnalyticsConfiguration"> =>
  async (_ctx, input) =>
    deleteReport(room, room.configurations.analytics, input);

export const listBucketAnalyticsConfigurations =
  (room: ReportRoom): Operation<"ListBucketAnalyticsConfigurations"> =>
  async (_ctx, input) =>
    listReports(room, room.configurations.analytics, input, "AnalyticsConfigurationList");
