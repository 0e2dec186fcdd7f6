import {
  BatchGetBuildsCommand,
  BatchGetReportGroupsCommand,
  BatchGetReportsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  CreateReportGroupCommand,
  DeleteReportCommand,
  DeleteReportGroupCommand,
  DescribeCodeCoveragesCommand,
  DescribeTestCasesCommand,
  GetReportGroupTrendCommand,
  ListReportsCommand,
  ListReportsForReportGroupCommand,
  StartBuildCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { allow, serviceRole } from "../../../../test/serviceRole.ts";
import { testClock } from "../../../kernel/clock.ts";
import { type NeighboursFake, neighboursFake } from "../neighboursFake.ts";
import codebuild from "../service.ts";

const GROUP = "arn:aws:codebuild:us-east-1:123456789012:report-group/app-unit";
const clock = testClock();
let cloud: TestCloud;
let client: CodeBuildClient;
let fake: NeighboursFake;

beforeEach(async () => {
  fake = neighboursFake();
  cloud = await testCloud({ clock, loaders: { ...fake.loaders, codebuild: async () => codebuild } });
  client = cloud.client(CodeBuildClient);
  await serviceRole(cloud.client(IAMClient), "build", "codebuild", "*");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const junit = (...cases: readonly string[]) => `<testsuite name='s'>${cases.join("")}</testsuite>`;
const ok = (name: string) => `<testcase classname='c' name='${name}' time='0.5'/>`;
const bad = (name: string) => `<testcase classname='c' name='${name}'><failure message='no'/></testcase>`;

const runWith = async (commands: readonly string[], reports: object) => {
  const buildspec = JSON.stringify({ version: 0.2, phases: { build: { commands } }, reports });
  const { project } = await client.send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "NO_SOURCE", buildspec },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: "arn:aws:iam::123456789012:role/build",
      logsConfig: { cloudWatchLogs: { status: "DISABLED" } },
    }),
  );
  return again(project?.name);
};
const again = async (projectName: string | undefined) => {
  const { build } = await client.send(new StartBuildCommand({ projectName }));
  await cloud.tasks.idle();
  const { builds } = await client.send(new BatchGetBuildsCommand({ ids: [build?.id ?? ""] }));
  return builds?.[0];
};
const contextOf = (build: Awaited<ReturnType<typeof again>>) =>
  build?.phases?.find(({ phaseType }) => phaseType === "UPLOAD_ARTIFACTS")?.contexts?.[0];
const write = (text: string, path = "r.xml") => `cat > ${path} <<'EOF'\n${text}\nEOF`;
const reportOf = async (arn = "") =>
  (await client.send(new BatchGetReportsCommand({ reportArns: [arn] }))).reports?.[0];

describe("a build's test report", () => {
  it("makes its group, and says what was tested and what of it failed, though the build failed", async () => {
    const build = await runWith([write(junit(ok("a"), bad("b"))), "exit 3"], { unit: { files: ["*.xml"] } });
    expect(build?.buildStatus).toBe("FAILED");
    const [arn] = build?.reportArns ?? [];
    expect(arn).toMatch(/^arn:aws:codebuild:us-east-1:123456789012:report\/app-unit:[-0-9a-f]{36}$/);
    expect(await reportOf(arn)).toMatchObject({
      type: "TEST",
      reportGroupArn: GROUP,
      executionId: build?.arn,
      status: "FAILED",
      truncated: false,
      testSummary: {
        total: 2,
        statusCounts: { SUCCEEDED: 1, FAILED: 1, ERROR: 0, SKIPPED: 0, UNKNOWN: 0 },
        durationInNanoSeconds: 500_000_000,
      },
    });
    const { testCases } = await client.send(
      new DescribeTestCasesCommand({ reportArn: arn, filter: { status: "FAILED" } }),
    );
    expect(testCases).toMatchObject([
      { name: "b", prefix: "c", testSuiteName: "s", status: "FAILED", message: "no", testRawDataPath: "r.xml" },
    ]);
    const { reportGroups } = await client.send(new BatchGetReportGroupsCommand({ reportGroupArns: [GROUP] }));
    expect(reportGroups?.[0]).toMatchObject({
      name: "app-unit",
      type: "TEST",
      exportConfig: { exportConfigType: "NO_EXPORT" },
    });
  });

  it("is paged, searched, listed, followed over time and deleted", async () => {
    const cases = Array.from({ length: 501 }, (_, index) => ok(`case ${index}`));
    const first = await runWith([write(junit(...cases))], { unit: { files: ["r.xml"] } });
    const second = await again("app");
    const [arn = ""] = first?.reportArns ?? [];
    expect(await reportOf(arn)).toMatchObject({ truncated: true, testSummary: { total: 501 } });
    const page = await client.send(new DescribeTestCasesCommand({ reportArn: arn, maxResults: 99 }));
    expect(page.testCases).toHaveLength(99);
    const next = await client.send(new DescribeTestCasesCommand({ reportArn: arn, nextToken: page.nextToken }));
    expect(next.testCases?.[0]?.name).toBe("case 99");
    const found = await client.send(new DescribeTestCasesCommand({ reportArn: arn, filter: { keyword: "case 42" } }));
    expect(found.testCases?.map(({ name }) => name)).toEqual([
      "case 42",
      "case 420",
      "case 421",
      "case 422",
      "case 423",
      "case 424",
      "case 425",
      "case 426",
      "case 427",
      "case 428",
      "case 429",
    ]);
    const listed = await client.send(new ListReportsForReportGroupCommand({ reportGroupArn: GROUP, maxResults: 1 }));
    expect(listed.reports).toHaveLength(1);
    const rest = await client.send(
      new ListReportsForReportGroupCommand({ reportGroupArn: GROUP, nextToken: listed.nextToken }),
    );
    expect([...(listed.reports ?? []), ...(rest.reports ?? [])].sort()).toEqual([arn, second?.reportArns?.[0]].sort());
    expect((await client.send(new ListReportsCommand({ filter: { status: "FAILED" } }))).reports).toEqual([]);
    const trend = await client.send(new GetReportGroupTrendCommand({ reportGroupArn: GROUP, trendField: "PASS_RATE" }));
    expect(trend).toMatchObject({
      stats: { average: "100", max: "100", min: "100" },
      rawData: [{ data: "100" }, { data: "100" }],
    });
    await expect(client.send(new DeleteReportGroupCommand({ arn: GROUP }))).rejects.toMatchObject({
      name: "InvalidInputException",
    });
    await client.send(new DeleteReportCommand({ arn }));
    await expect(client.send(new DescribeTestCasesCommand({ reportArn: arn }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await client.send(new DeleteReportGroupCommand({ arn: GROUP, deleteReports: true }));
    expect((await client.send(new ListReportsCommand({}))).reports).toEqual([]);
  });

  it("expires after thirty days", async () => {
    const build = await runWith([write(junit(ok("a")))], { unit: { files: ["r.xml"] } });
    clock.advance(30 * 24 * 3600 * 1000 + 1);
    expect(await reportOf(build?.reportArns?.[0])).toBeUndefined();
    expect((await client.send(new ListReportsCommand({}))).reports).toEqual([]);
  });

  it("goes to its group's bucket", async () => {
    const s3Destination = { bucket: "reports", path: "raw", packaging: "NONE" } as const;
    const { reportGroup } = await client.send(
      new CreateReportGroupCommand({
        name: "kept",
        type: "TEST",
        exportConfig: { exportConfigType: "S3", s3Destination },
      }),
    );
    const build = await runWith([write(junit(ok("a")))], { [reportGroup?.arn ?? ""]: { files: ["r.xml"] } });
    expect(build?.buildStatus).toBe("SUCCEEDED");
    expect([...fake.objects.keys()]).toEqual([expect.stringMatching(/^reports\/raw\/kept\/[-0-9a-f]+\/r\.xml$/)]);
  });
});

describe("a build's coverage report", () => {
  it("counts by file, and can be sorted and bounded", async () => {
    const counts = (path: string, covered: number, missed: number) => ({
      filename: path,
      coverage: [...Array(covered).fill(1), ...Array(missed).fill(0)],
    });
    const files = [counts("/a", 1, 3), counts("/b", 4, 0), counts("/c", 1, 1)];
    const build = await runWith([write(JSON.stringify({ files }), "c.json")], {
      unit: { files: ["c.json"], "file-format": "SimpleCov" },
    });
    const [reportArn = ""] = build?.reportArns ?? [];
    expect(await reportOf(reportArn)).toMatchObject({
      type: "CODE_COVERAGE",
      status: "SUCCEEDED",
      codeCoverageSummary: {
        lineCoveragePercentage: 60,
        linesCovered: 6,
        linesMissed: 4,
        branchCoveragePercentage: 100,
      },
    });
    const sorted = { reportArn, sortBy: "LINE_COVERAGE_PERCENTAGE", sortOrder: "DESCENDING" } as const;
    const all = await client.send(new DescribeCodeCoveragesCommand(sorted));
    expect(all.codeCoverages?.map(({ filePath }) => filePath)).toEqual(["/b", "/c", "/a"]);
    const some = await client.send(new DescribeCodeCoveragesCommand({ ...sorted, maxLineCoveragePercentage: 50 }));
    expect(some.codeCoverages?.map(({ filePath }) => filePath)).toEqual(["/c", "/a"]);
    await expect(
      client.send(new GetReportGroupTrendCommand({ reportGroupArn: GROUP, trendField: "PASS_RATE" })),
    ).rejects.toMatchObject({ name: "InvalidInputException" });
  });
});

describe("a report that cannot be filed", () => {
  it("fails the artifacts' phase, in AWS's words", async () => {
    const missing = await runWith(["true"], { unit: { files: ["none.xml"] } });
    expect(contextOf(missing)).toEqual({
      statusCode: "CLIENT_ERROR",
      message: "[unit: [report files not found in build]]",
    });
  });

  it("keeps what could be read of a file of another format", async () => {
    const build = await runWith([write("<coverage/>")], { unit: { files: ["r.xml"] } });
    expect(contextOf(build)?.message).toMatch(
      /^\[unit: \[error processing report: \[\/.*r\.xml: expected element type <testsuite> but have <coverage>\]\]\]$/,
    );
    expect(await reportOf(build?.reportArns?.[0])).toMatchObject({ status: "INCOMPLETE", testSummary: { total: 0 } });
  });

  it("is denied a role that may not file it", async () => {
    await allow(cloud.client(IAMClient), "build", [
      "codebuild:CreateReportGroup",
      "codebuild:CreateReport",
      "codebuild:UpdateReport",
    ]);
    const build = await runWith([write(junit(ok("a")))], { unit: { files: ["r.xml"] } });
    expect(contextOf(build)?.message).toMatch(/not authorized to perform: codebuild:BatchPutTestCases on resource/);
    expect(build?.reportArns).toEqual([]);
  });
});
