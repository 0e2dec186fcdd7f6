import type { FileCoverage, TestResult, TestStatus } from "../../../engines/build/reports/results.ts";
import type { Records } from "../../../store/records.ts";

/** What one build left in one report group. */
export interface ReportRecord {
  readonly arn: string;
  readonly groupArn: string;
  readonly name: string;
  readonly type: "TEST" | "CODE_COVERAGE";
  /** The build's ARN. */
  readonly executionId: string;
  readonly status: "SUCCEEDED" | "FAILED" | "INCOMPLETE";
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Whether there were more results than a report holds. */
  readonly truncated: boolean;
  readonly tests?: TestSummary;
  readonly coverage?: Omit<FileCoverage, "path">;
}

export interface TestSummary {
  readonly total: number;
  readonly statusCounts: Readonly<Partial<Record<TestStatus, number>>>;
  readonly durationNs: number;
}

/** A test case, and the file it was read from. */
export interface TestCaseRecord extends TestResult {
  readonly rawDataPath: string;
}

/** The reports of one account and region. */
export interface Reports {
  get(arn: string): ReportRecord | undefined;
  put(report: ReportRecord, results: ReportResults): void;
  remove(report: ReportRecord): void;
  /** By the time they were made, of one group or of all. */
  all(options: { readonly groupArn?: string; readonly descending: boolean }): Iterable<ReportRecord>;
  tests(arn: string): readonly TestCaseRecord[];
  coverage(arn: string): readonly FileCoverage[];
}

export type ReportResults =
  | { readonly tests: readonly TestCaseRecord[] }
  | { readonly coverage: readonly FileCoverage[] };

/** Expired reports are not there any more for anybody; the next one of their group removes them. */
export const openReports = (records: Records, now: () => number): Reports => {
  const byArn = records.collection<ReportRecord>("reports");
  const byTime = records.collection<string>("reportsByTime");
  const byGroup = records.collection<string>("reportsByGroup");
  const results = records.collection<ReportResults>("reportResults");
  const timeKey = ({ createdAt, arn }: ReportRecord) => [createdAt, arn];
  const groupKey = ({ groupArn, createdAt, arn }: ReportRecord) => [groupArn, createdAt, arn];
  const get = (arn: string) => {
    const report = byArn.get(arn);
    return report && report.expiresAt > now() ? report : undefined;
  };
  const remove = (report: ReportRecord) =>
    records.atomically(() => {
      byArn.delete(report.arn);
      byTime.delete(timeKey(report));
      byGroup.delete(groupKey(report));
      results.delete(report.arn);
    });
  const removeExpired = (groupArn: string) => {
    for (const { value } of byGroup.range({ prefix: [groupArn] })) {
      const report = byArn.get(value);
      if (report && report.expiresAt > now()) return;
      if (report) remove(report);
    }
  };
  return {
    get,
    remove,
    put: (report, found) =>
      records.atomically(() => {
        removeExpired(report.groupArn);
        byArn.put(report.arn, report);
        byTime.put(timeKey(report), report.arn);
        byGroup.put(groupKey(report), report.arn);
        results.put(report.arn, found);
      }),
    *all({ groupArn, descending }) {
      const range =
        groupArn === undefined
          ? byTime.range({ reverse: descending })
          : byGroup.range({ prefix: [groupArn], reverse: descending });
      for (const { value } of range) {
        const report = get(value);
        if (report) yield report;
      }
    },
    tests: (arn) => {
      const found = results.get(arn);
      return found && "tests" in found ? found.tests : [];
    },
    coverage: (arn) => {
      const found = results.get(arn);
      return found && "coverage" in found ? found.coverage : [];
    },
  };
};
