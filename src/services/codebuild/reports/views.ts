import type { CodeCoverage, Report, TestCase } from "@aws-sdk/client-codebuild";
import type { FileCoverage } from "../../../engines/build/reports/results.ts";
import type { Answer } from "../../../kernel/aws.ts";
import type { ReportGroupRecord } from "../records.ts";
import type { ReportRecord, TestCaseRecord } from "./records.ts";

/** A report as BatchGetReports shows it. */
export const reportView = (report: ReportRecord, group: ReportGroupRecord | undefined): Answer<Report> => ({
  arn: report.arn,
  type: report.type,
  name: report.name,
  reportGroupArn: report.groupArn,
  executionId: report.executionId,
  status: report.status,
  created: new Date(report.createdAt),
  expired: new Date(report.expiresAt),
  exportConfig: group?.exportConfig,
  truncated: report.truncated,
  ...(report.tests
    ? {
        testSummary: {
          total: report.tests.total,
          statusCounts: { ...report.tests.statusCounts },
          durationInNanoSeconds: report.tests.durationNs,
        },
      }
    : {}),
  ...(report.coverage ? { codeCoverageSummary: coverageCounts(report.coverage) } : {}),
});

export const testCaseView = (report: ReportRecord, test: TestCaseRecord): Answer<TestCase> => ({
  reportArn: report.arn,
  testRawDataPath: test.rawDataPath,
  prefix: test.prefix,
  name: test.name,
  status: test.status,
  durationInNanoSeconds: test.durationNs,
  message: test.message ?? "",
  expired: new Date(report.expiresAt),
  ...(test.suite === undefined ? {} : { testSuiteName: test.suite }),
});

export const codeCoverageView = (report: ReportRecord, file: FileCoverage, id: string): Answer<CodeCoverage> => ({
  id,
  reportARN: report.arn,
  filePath: file.path,
  ...coverageCounts(file),
  expired: new Date(report.expiresAt),
});

const coverageCounts = (counts: Omit<FileCoverage, "path">) => ({
  lineCoveragePercentage: percentage(counts.linesCovered, counts.linesMissed),
  linesCovered: counts.linesCovered,
  linesMissed: counts.linesMissed,
  branchCoveragePercentage: percentage(counts.branchesCovered, counts.branchesMissed),
  branchesCovered: counts.branchesCovered,
  branchesMissed: counts.branchesMissed,
});

/** Of what can be covered; a file without any such thing is covered whole. */
export const percentage = (covered: number, missed: number): number =>
  covered + missed === 0 ? 100 : (covered / (covered + missed)) * 100;
