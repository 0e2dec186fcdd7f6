import { reportNotFound } from "../errors.ts";
import { openToken, pageOf, slicePage } from "../paging.ts";
import type { ReportRecord } from "../reports/records.ts";
import { codeCoverageView, percentage, reportView, testCaseView } from "../reports/views.ts";
import type { Operation, Room } from "../room.ts";
import { findReportGroup } from "./reportGroups.ts";

type Parts = Pick<Room, "reports" | "reportGroups">;

export const batchGetReports =
  ({ reports, reportGroups }: Parts): Operation<"BatchGetReports"> =>
  async (_ctx, { reportArns }) => ({
    reports: reportArns
      .flatMap((arn) => reports.get(arn) ?? [])
      .map((report) => reportView(report, reportGroups.get(report.groupArn))),
    reportsNotFound: reportArns.filter((arn) => !reports.get(arn)),
  });

interface Listing {
  readonly sortOrder?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly filter?: { readonly status?: string | undefined } | undefined;
}

const list = (
  { reports }: Parts,
  groupArn: string | undefined,
  { sortOrder, nextToken, maxResults, filter }: Listing,
) => {
  const all = reports.all({ descending: sortOrder !== "ASCENDING", ...(groupArn === undefined ? {} : { groupArn }) });
  const wanted = [...all].filter(({ status }) => !filter?.status || status === filter.status).map(({ arn }) => arn);
  const last = openToken(nextToken);
  const page = pageOf(last === undefined ? wanted : wanted.slice(wanted.indexOf(last) + 1), maxResults);
  return { reports: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
};

/** AWS lists the newest first unless asked otherwise. */
export const listReports =
  (room: Parts): Operation<"ListReports"> =>
  async (_ctx, input) =>
    list(room, undefined, input);

export const listReportsForReportGroup =
  (room: Parts): Operation<"ListReportsForReportGroup"> =>
  async (_ctx, input) =>
    list(room, findReportGroup(room, input.reportGroupArn).arn, input);

/** AWS: deleting a report that is not there succeeds. */
export const deleteReport =
  ({ reports }: Parts): Operation<"DeleteReport"> =>
  async (_ctx, { arn }) => {
    const report = reports.get(arn);
    if (report) reports.remove(report);
    return {};
  };

export const describeTestCases =
  ({ reports }: Parts): Operation<"DescribeTestCases"> =>
  async (_ctx, { reportArn, nextToken, maxResults, filter }) => {
    const report = findReport(reports, reportArn);
    const keyword = filter?.keyword;
    const wanted = reports
      .tests(reportArn)
      .filter(({ status }) => !filter?.status || status === filter.status)
      .filter(({ name, prefix }) => !keyword || name.includes(keyword) || prefix.includes(keyword));
    const { items, ...more } = slicePage(wanted, nextToken, maxResults);
    return { testCases: items.map((test) => testCaseView(report, test)), ...more };
  };

export const describeCodeCoverages =
  ({ reports }: Parts): Operation<"DescribeCodeCoverages"> =>
  async (_ctx, input) => {
    const report = findReport(reports, input.reportArn);
    const { minLineCoveragePercentage: min = 0, maxLineCoveragePercentage: max = 100 } = input;
    const files = reports
      .coverage(input.reportArn)
      .map((file, index) => ({ file, id: `${report.arn.split(":").at(-1)}-${index}`, lines: linesOf(file) }))
      .filter(({ lines }) => lines >= min && lines <= max);
    if (input.sortBy === "LINE_COVERAGE_PERCENTAGE") files.sort((a, b) => a.lines - b.lines);
    else if (input.sortBy === "FILE_PATH") files.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
    if (input.sortOrder === "DESCENDING") files.reverse();
    const { items, ...more } = slicePage(files, input.nextToken, input.maxResults);
    return { codeCoverages: items.map(({ file, id }) => codeCoverageView(report, file, id)), ...more };
  };

const linesOf = ({ linesCovered, linesMissed }: { readonly linesCovered: number; readonly linesMissed: number }) =>
  percentage(linesCovered, linesMissed);

const findReport = (reports: Room["reports"], arn: string): ReportRecord => {
  const report = reports.get(arn);
  if (!report) throw reportNotFound(arn);
  return report;
};
