import { AwsError } from "../../kernel/errors.ts";
import { httpStatus } from "../../kernel/operation.ts";
import { sealName } from "../../kernel/paging.ts";
import type { Collection } from "../../store/records.ts";
import { malformedXml } from "./errors.ts";
import { type BucketChoice, findBucket } from "./find.ts";
import { MAX_REPORT_PAGE_SIZE } from "./limits.ts";
import { openToken } from "./paging.ts";
import type { Room } from "./room.ts";
import { NO_CONTENT } from "./statuses.ts";

// What a bucket has many of, each by an id. Differs: recorded and told; no report is made and nothing is moved.

export type ReportRoom = Pick<Room, "buckets" | "configurations">;

interface ReportChoice extends BucketChoice {
  readonly Id: string;
}

export const putReport = <D extends { readonly Id: string }>(
  { buckets }: Pick<Room, "buckets">,
  reports: Collection<D>,
  choice: ReportChoice,
  report: D,
) => {
  const { name } = findBucket({ buckets }, choice);
  if (report.Id !== choice.Id) throw malformedXml();
  reports.put([name, report.Id], report);
  return { [httpStatus]: NO_CONTENT };
};

export const getReport = <D>({ buckets }: Pick<Room, "buckets">, reports: Collection<D>, choice: ReportChoice): D => {
  const report = reports.get([findBucket({ buckets }, choice).name, choice.Id]);
  if (!report) throw noSuchConfiguration();
  return report;
};

export const deleteReport = <D>({ buckets }: Pick<Room, "buckets">, reports: Collection<D>, choice: ReportChoice) => {
  getReport({ buckets }, reports, choice);
  reports.delete([findBucket({ buckets }, choice).name, choice.Id]);
  return {};
};

interface ListInput extends BucketChoice {
  readonly ContinuationToken?: string | undefined;
}

/** One page, in order of ids; AWS says nothing of a list that is empty. */
export const listReports = <D extends { readonly Id: string }, L extends string>(
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
