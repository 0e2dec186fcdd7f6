import { AwsError } from "../../../kernel/errors.ts";
import { httpStatus } from "../../../kernel/operation.ts";
import { sealName } from "../../../kernel/paging.ts";
import type { Collection } from "../../../store/records.ts";
import { type BucketChoice, findBucket } from "../find.ts";
import { MAX_REPORT_PAGE_SIZE } from "../limits.ts";
import { openToken } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { NO_CONTENT } from "../statuses.ts";

// What a bucket has many of, each by an id. Differs: recorded and told; no report is made and nothing is moved.

type ReportRoom = Pick<Room, "buckets" | "configurations">;

interface ReportChoice extends BucketChoice {
  readonly Id: string;
}

const putReport = <D extends { readonly Id: string }>(
  { buckets }: Pick<Room, "buckets">,
  reports: Collection<D>,
  choice: ReportChoice,
  report: D,
) => {
  const { name } = findBucket({ buckets }, choice);
  if (report.Id !== choice.Id) throw idMismatch();
  reports.put([name, report.Id], report);
  return { [httpStatus]: NO_CONTENT };
};

const getReport = <D>({ buckets }: Pick<Room, "buckets">, reports: Collection<D>, choice: ReportChoice): D => {
  const report = reports.get([findBucket({ buckets }, choice).name, choice.Id]);
  if (!report) throw noSuchConfiguration();
  return report;
};

const deleteReport = <D>({ buckets }: Pick<Room, "buckets">, reports: Collection<D>, choice: ReportChoice) => {
  getReport({ buckets }, reports, choice);
  reports.delete([findBucket({ buckets }, choice).name, choice.Id]);
  return {};
};

interface ListInput extends BucketChoice {
  readonly ContinuationToken?: string | undefined;
}

/** One page, in order of ids; AWS says nothing of a list that is empty. */
const listReports = <D extends { readonly Id: string }, L extends string>(
  { buckets }: Pick<Room, "buckets">,
  reports: Collection<D>,
  input: ListInput,
  list: L,
) => {
  const { name } = findBucket({ buckets }, input);
  const { ContinuationToken } = input;
  const after = ContinuationToken ? openToken(ContinuationToken) : "";
  const range = reports.range({ prefix: [name], gt: [name, after], limit: MAX_REPORT_PAGE_SIZE + 1 });
  const found = Array.from(range, ({ value }) => value);
  const page = found.slice(0, MAX_REPORT_PAGE_SIZE);
  const isTruncated = found.length > page.length;
  const listed: { [K in L]?: D[] } = {};
  if (page.length > 0) listed[list] = page;
  return {
    ...listed,
    IsTruncated: isTruncated,
    ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
    ...(isTruncated ? { NextContinuationToken: sealName(page.at(-1)?.Id ?? "") } : {}),
  };
};

const noSuchConfiguration = () =>
  new AwsError("NoSuchConfiguration", "The specified configuration does not exist.", 404);

const idMismatch = () => new AwsError("IdMismatch", "Document ID does not match the specified configuration ID.", 400);

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

export const putBucketInventoryConfiguration =
  (room: ReportRoom): Operation<"PutBucketInventoryConfiguration"> =>
  async (_ctx, input) => {
    const { Bucket } = input.InventoryConfiguration.Destination.S3BucketDestination;
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
