import type { ReportGroupTrendFieldType } from "@aws-sdk/client-codebuild";
import { invalidInput } from "../errors.ts";
import type { ReportRecord } from "../reports/records.ts";
import { percentage } from "../reports/views.ts";
import type { Operation, Room } from "../room.ts";
import { findReportGroup } from "./reportGroups.ts";

/** Figures of a group's last reports, newest first. */
export const getReportGroupTrend =
  (room: Pick<Room, "reports" | "reportGroups">): Operation<"GetReportGroupTrend"> =>
  async (_ctx, { reportGroupArn, numOfReports = PAGE, trendField }) => {
    const group = findReportGroup(room, reportGroupArn);
    const figure = FIGURES[trendField];
    if (figure.type !== group.type)
      throw invalidInput(`Trend field ${trendField} is not supported for report group type ${group.type}`);
    const rawData: { reportArn: string; data: number }[] = [];
    for (const report of room.reports.all({ groupArn: group.arn, descending: true })) {
      if (rawData.length === numOfReports) break;
      rawData.push({ reportArn: report.arn, data: figure.of(report) });
    }
    const data = rawData.map((each) => each.data);
    const average = data.reduce((sum, each) => sum + each, 0) / data.length;
    return {
      ...(data.length > 0
        ? { stats: { average: String(average), max: String(Math.max(...data)), min: String(Math.min(...data)) } }
        : {}),
      rawData: rawData.map((each) => ({ reportArn: each.reportArn, data: String(each.data) })),
    };
  };

/** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_GetReportGroupTrend.html */
const PAGE = 100;

interface Figure {
  readonly type: ReportRecord["type"];
  readonly of: (report: ReportRecord) => number;
}

const ofTests = (of: (tests: NonNullable<ReportRecord["tests"]>) => number): Figure => ({
  type: "TEST",
  of: ({ tests }) => (tests ? of(tests) : 0),
});

const ofCoverage = (of: (coverage: NonNullable<ReportRecord["coverage"]>) => number): Figure => ({
  type: "CODE_COVERAGE",
  of: ({ coverage }) => (coverage ? of(coverage) : 0),
});

const FIGURES: Readonly<Record<ReportGroupTrendFieldType, Figure>> = {
  PASS_RATE: ofTests(({ total, statusCounts }) =>
    percentage(statusCounts.SUCCEEDED ?? 0, total - (statusCounts.SUCCEEDED ?? 0)),
  ),
  DURATION: ofTests(({ durationNs }) => durationNs),
  TOTAL: ofTests(({ total }) => total),
  LINE_COVERAGE: ofCoverage(({ linesCovered, linesMissed }) => percentage(linesCovered, linesMissed)),
  LINES_COVERED: ofCoverage(({ linesCovered }) => linesCovered),
  LINES_MISSED: ofCoverage(({ linesMissed }) => linesMissed),
  BRANCH_COVERAGE: ofCoverage(({ branchesCovered, branchesMissed }) => percentage(branchesCovered, branchesMissed)),
  BRANCHES_COVERED: ofCoverage(({ branchesCovered }) => branchesCovered),
  BRANCHES_MISSED: ofCoverage(({ branchesMissed }) => branchesMissed),
};
