import { deleteReport, getReport, listReports, putReport, type ReportRoom } from "../reports.ts";
import type { Operation } from "../room.ts";

export const putBucketIntelligentTieringConfiguration =
  (room: ReportRoom): Operation<"PutBucketIntelligentTieringConfiguration"> =>
  async (_ctx, input) =>
    putReport(room, room.configurations.tiering, input, input.IntelligentTieringConfiguration);

export const getBucketIntelligentTieringConfiguration =
  (room: ReportRoom): Operation<"GetBucketIntelligentTieringConfiguration"> =>
  async (_ctx, input) => ({ IntelligentTieringConfiguration: getReport(room, room.configurations.tiering, input) });

export const deleteBucketIntelligentTieringConfiguration =
  (room: ReportRoom): Operation<"DeleteBucketIntelligentTieringConfiguration"> =>
  async (_ctx, input) =>
    deleteReport(room, room.configurations.tiering, input);

export const listBucketIntelligentTieringConfigurations =
  (room: ReportRoom): Operation<"ListBucketIntelligentTieringConfigurations"> =>
  async (_ctx, input) =>
    listReports(room, room.configurations.tiering, input, "IntelligentTieringConfigurationList");
