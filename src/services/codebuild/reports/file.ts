import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ReportSpec } from "../../../engines/build/buildspec/types.ts";
import { clientError } from "../../../engines/build/failure.ts";
import type { ArtifactFile, BuildReport } from "../../../engines/build/ports.ts";
import { isCoverage, readCoverage, readTests } from "../../../engines/build/reports/read.ts";
import { type FileCoverage, UnreadableReport } from "../../../engines/build/reports/results.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import type { ServiceRole } from "../builds/serviceRole.ts";
import { invalidInput } from "../errors.ts";
import { MAX_REPORT_FILE_BYTES, MAX_TEST_CASES, REPORT_LIFE_MS } from "../limits.ts";
import type { BuildRecord, ReportGroupRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { exportReport } from "./export.ts";
import type { ReportRecord, ReportResults, TestCaseRecord } from "./records.ts";

/**
 * Files what a build's tests have left as a report of its group, as the build's role. Throws BuildFailure in AWS's words when
 * the role may not, or when a file is not what its format says; what could be read is kept all the same.
 */
export const fileReport = async (
  room: Room,
  role: ServiceRole,
  build: BuildRecord,
  report: BuildReport,
  directory: string,
  filed: (reportArn: string) => void,
): Promise<void> => {
  const type = isCoverage(report.spec.fileFormat) ? "CODE_COVERAGE" : "TEST";
  try {
    const group = await groupOf(room, role, build, report.group, type);
    await role.ctx.authorize(
      ["CreateReport", "UpdateReport", type === "TEST" ? "BatchPutTestCases" : "BatchPutCodeCoverages"].map(
        (action) => ({
          action: `codebuild:${action}`,
          resource: group.arn,
        }),
      ),
    );
    const { results, problems } = await readAll(report.spec, report.files);
    const record = recordOf(room, build, group, results, problems.length > 0);
    room.reports.put(record.report, record.results);
    filed(record.report.arn);
    await exportReport(role, group, record.report, report.files, join(directory, "report.zip"));
    if (problems.length > 0) throw clientError(`error processing report: [${problems.join(", ")}]`);
  } catch (error) {
    if (error instanceof Error && errorCode(error) !== undefined && !isOwn(error))
      throw clientError(`${errorCode(error)}: ${errorMessage(error)}`);
    throw error;
  }
};

const isOwn = (error: Error): boolean => error.name === "BuildFailure";

/** AWS: a name that is no ARN is of a group called after the project, made when a build first needs it. */
const groupOf = async (
  room: Room,
  { ctx }: ServiceRole,
  { projectName }: BuildRecord,
  given: string,
  type: ReportGroupRecord["type"],
): Promise<ReportGroupRecord> => {
  const name = `${projectName}-${given}`;
  const arn = given.startsWith("arn:") ? given : ctx.arn(`report-group/${name}`);
  if (!given.startsWith("arn:") && !room.reportGroups.has(arn))
    await ctx.call("codebuild", "CreateReportGroup", { name, type, exportConfig: { exportConfigType: "NO_EXPORT" } });
  const group = room.reportGroups.get(arn);
  if (!group) throw invalidInput(`Report group cannot be found: ${arn}`);
  if (group.type !== type) throw invalidInput(`Report group ${arn} is of type ${group.type}, not ${type}`);
  return group;
};

interface AllResults {
  readonly results: ReportResults;
  /** What is wrong with which files. */
  readonly problems: readonly string[];
}

const readAll = async ({ fileFormat }: ReportSpec, files: readonly ArtifactFile[]): Promise<AllResults> => {
  const tests: TestCaseRecord[] = [];
  const coverage: FileCoverage[] = [];
  const problems: string[] = [];
  for (const { path, name } of files) {
    try {
      if ((await stat(path)).size > MAX_REPORT_FILE_BYTES)
        throw new UnreadableReport(`larger than ${MAX_REPORT_FILE_BYTES} bytes`);
      const text = await readFile(path, "utf8");
      if (isCoverage(fileFormat)) coverage.push(...readCoverage(fileFormat, text));
      else for (const test of readTests(fileFormat, text)) tests.push({ ...test, rawDataPath: name });
    } catch (error) {
      if (!(error instanceof UnreadableReport)) throw error;
      problems.push(`${path}: ${error.message}`);
    }
  }
  return { results: isCoverage(fileFormat) ? { coverage } : { tests }, problems };
};

const recordOf = (
  room: Room,
  build: BuildRecord,
  group: ReportGroupRecord,
  all: ReportResults,
  incomplete: boolean,
): { readonly report: ReportRecord; readonly results: ReportResults } => {
  const id = room.ids.uuid();
  const now = room.clock.now();
  const count = "tests" in all ? all.tests.length : all.coverage.length;
  const results =
    "tests" in all
      ? { tests: all.tests.slice(0, MAX_TEST_CASES) }
      : { coverage: all.coverage.slice(0, MAX_TEST_CASES) };
  const failed = "tests" in all && all.tests.some(({ status }) => status === "FAILED" || status === "ERROR");
  const report: ReportRecord = {
    arn: group.arn.replace(":report-group/", ":report/").concat(`:${id}`),
    groupArn: group.arn,
    name: `${group.name}:${id}`,
    type: group.type,
    executionId: build.arn,
    status: incomplete ? "INCOMPLETE" : failed ? "FAILED" : "SUCCEEDED",
    createdAt: now,
    expiresAt: now + REPORT_LIFE_MS,
    truncated: count > MAX_TEST_CASES,
    ...summaryOf(all),
  };
  return { report, results };
};

/** Summaries count everything, also what a report has no place for. */
const summaryOf = (all: ReportResults): Pick<ReportRecord, "tests" | "coverage"> => {
  if ("coverage" in all) {
    const sum = (of: keyof Omit<FileCoverage, "path">) => all.coverage.reduce((total, file) => total + file[of], 0);
    return {
      coverage: {
        linesCovered: sum("linesCovered"),
        linesMissed: sum("linesMissed"),
        branchesCovered: sum("branchesCovered"),
        branchesMissed: sum("branchesMissed"),
      },
    };
  }
  const statusCounts = { SUCCEEDED: 0, FAILED: 0, ERROR: 0, SKIPPED: 0, UNKNOWN: 0 };
  for (const { status } of all.tests) statusCounts[status]++;
  const durationNs = all.tests.reduce((total, test) => total + test.durationNs, 0);
  return { tests: { total: all.tests.length, statusCounts, durationNs } };
};
