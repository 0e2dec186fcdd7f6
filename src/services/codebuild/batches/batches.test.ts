import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchGetBuildBatchesCommand,
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  type CreateProjectCommandInput,
  DeleteBuildBatchCommand,
  ListBuildBatchesCommand,
  ListBuildBatchesForProjectCommand,
  ListBuildsCommand,
  RetryBuildBatchCommand,
  StartBuildBatchCommand,
  type StartBuildBatchCommandInput,
  StopBuildBatchCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { allow, serviceRole } from "../../../../test/serviceRole.ts";
import { unpackZip } from "../../../engines/build/zip/unpack.ts";
import { type NeighboursFake, neighboursFake } from "../neighboursFake.ts";
import codebuild from "../service.ts";

const ROLE = "arn:aws:iam::123456789012:role/build";
let cloud: TestCloud;
let client: CodeBuildClient;
let iam: IAMClient;
let fake: NeighboursFake;

beforeEach(async () => {
  fake = neighboursFake();
  cloud = await testCloud({ loaders: { ...fake.loaders, codebuild: async () => codebuild } });
  client = cloud.client(CodeBuildClient);
  iam = cloud.client(IAMClient);
  await serviceRole(iam, "build", "codebuild", "*");
  await serviceRole(iam, "batch", "codebuild", "codebuild:StartBuild");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const project = (
  batch: object | undefined,
  commands: readonly string[],
  more: Partial<CreateProjectCommandInput> = {},
) =>
  client.send(
    new CreateProjectCommand({
      name: "app",
      source: {
        type: "NO_SOURCE",
        buildspec: JSON.stringify({
          version: 0.2,
          ...(batch ? { batch } : {}),
          phases: { build: { commands } },
          artifacts: { files: ["out/*"] },
        }),
      },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: ROLE,
      buildBatchConfig: { serviceRole: "arn:aws:iam::123456789012:role/batch" },
      logsConfig: { cloudWatchLogs: { status: "DISABLED" } },
      ...more,
    }),
  );
const start = async (input: Partial<StartBuildBatchCommandInput> = {}) =>
  (await client.send(new StartBuildBatchCommand({ projectName: "app", ...input }))).buildBatch ?? {};
const batchOf = async (id = "") =>
  (await client.send(new BatchGetBuildBatchesCommand({ ids: [id] }))).buildBatches?.[0] ?? {};
const ended = async (input: Partial<StartBuildBatchCommandInput> = {}) => {
  const { id } = await start(input);
  await cloud.tasks.idle();
  return batchOf(id);
};
type Batch = Awaited<ReturnType<typeof batchOf>>;
const statuses = ({ buildGroups = [] }: Batch) =>
  Object.fromEntries(
    buildGroups.map(({ identifier = "", currentBuildSummary }) => [identifier, currentBuildSummary?.buildStatus]),
  );
const phases = ({ phases: all = [] }: Batch) => all.map(({ phaseType, phaseStatus }) => `${phaseType} ${phaseStatus}`);
const failureOf = ({ phases: all = [] }: Batch) => all.flatMap(({ contexts = [] }) => contexts)[0];
const exported = async (batch: Batch, identifier: string) => {
  const arn = batch.buildGroups?.find((group) => group.identifier === identifier)?.currentBuildSummary?.arn ?? "";
  return (await client.send(new BatchGetBuildsCommand({ ids: [arn] }))).builds?.[0];
};

describe("a batch", () => {
  it("runs a graph in the order of its dependencies, each build with what is its own", async () => {
    const task = (identifier: string, ...before: readonly string[]) => ({
      identifier,
      ...(before.length > 0 ? { "depend-on": before } : {}),
      env: { variables: { PART: identifier } },
    });
    const graph = [task("last", "left", "right"), task("left", "first"), task("right", "first"), task("first")];
    await project({ "build-graph": graph }, [`test "$PART" = "$CODEBUILD_BATCH_BUILD_IDENTIFIER"`]);
    const batch = await ended();
    expect(batch).toMatchObject({
      buildBatchStatus: "SUCCEEDED",
      complete: true,
      currentPhase: "SUCCEEDED",
      buildBatchNumber: 1,
    });
    expect(batch.arn).toMatch(/^arn:aws:codebuild:us-east-1:123456789012:build-batch\/app:[-0-9a-f]{36}$/);
    expect(phases(batch)).toEqual([
      "SUBMITTED SUCCEEDED",
      "DOWNLOAD_BATCHSPEC SUCCEEDED",
      "IN_PROGRESS SUCCEEDED",
      "COMBINE_ARTIFACTS SUCCEEDED",
      "SUCCEEDED SUCCEEDED",
    ]);
    expect(statuses(batch)).toEqual({
      DOWNLOAD_SOURCE: "SUCCEEDED",
      last: "SUCCEEDED",
      left: "SUCCEEDED",
      right: "SUCCEEDED",
      first: "SUCCEEDED",
    });
    const numberOf = async (identifier: string) => (await exported(batch, identifier))?.buildNumber ?? 0;
    expect(await numberOf("first")).toBeLessThan(await numberOf("left"));
    expect(await numberOf("right")).toBeLessThan(await numberOf("last"));
    const first = await exported(batch, "first");
    expect(first).toMatchObject({
      buildBatchArn: batch.arn,
      initiator: expect.stringMatching(/^batch\/AWSCodeBuild-/),
    });
  });

  it("runs a list with overrides, a matrix of all combinations, and a fanout in parts", async () => {
    const list = [
      { identifier: "small" },
      { identifier: "large", env: { "compute-type": "BUILD_GENERAL1_LARGE", image: "other" } },
    ];
    await project({ "build-list": list }, ["true"]);
    const listed = await ended();
    expect((await exported(listed, "large"))?.environment).toMatchObject({
      computeType: "BUILD_GENERAL1_LARGE",
      image: "other",
    });
    const dynamic = { env: { image: ["a", "b"], variables: { V: ["1", "2", "3"] } } };
    const matrix = JSON.stringify({
      version: 0.2,
      batch: { "build-matrix": { static: { env: { variables: { S: "s" } } }, dynamic } },
      phases: { build: { commands: [`test "$S" = s && test "$V" -le 3`] } },
    });
    const combined = await ended({ buildspecOverride: matrix });
    expect(Object.keys(statuses(combined))).toEqual([
      "DOWNLOAD_SOURCE",
      ...Array.from({ length: 6 }, (_, index) => `build${index}`),
    ]);
    expect(combined.buildBatchStatus).toBe("SUCCEEDED");
    const run = `codebuild-tests-run --files-search 'printf "a\\nb\\nc\\n"' --test-command 'echo' > out.txt; export GOT="$(cat out.txt)"`;
    const fanout = JSON.stringify({
      version: 0.2,
      env: { "exported-variables": ["GOT"] },
      batch: { "build-fanout": { parallelism: 2 } },
      phases: { build: { commands: [run] } },
    });
    const fanned = await ended({ buildspecOverride: fanout });
    const got = await Promise.all(
      ["build0", "build1"].map(async (name) => (await exported(fanned, name))?.exportedEnvironmentVariables),
    );
    expect(got).toEqual([[{ name: "GOT", value: "a c" }], [{ name: "GOT", value: "b" }]]);
  });

  it("fails with a build that fails, whose dependents never start; an ignored failure counts for nothing", async () => {
    const graph = [
      { identifier: "bad", env: { variables: { FAIL: "1" } } },
      { identifier: "after", "depend-on": ["bad"] },
      { identifier: "other" },
    ];
    const commands = [`test -z "$FAIL"`];
    await project({ "build-graph": graph }, commands);
    const failed = await ended();
    expect(failed).toMatchObject({ buildBatchStatus: "FAILED", currentPhase: "FAILED" });
    expect(statuses(failed)).toEqual({
      DOWNLOAD_SOURCE: "SUCCEEDED",
      bad: "FAILED",
      after: undefined,
      other: "SUCCEEDED",
    });
    expect(phases(failed).slice(2)).toEqual(["IN_PROGRESS FAILED", "FAILED FAILED"]);
    const ignoring = graph.map((task) => ({ ...task, "ignore-failure": task.identifier === "bad" }));
    const buildspecOverride = JSON.stringify({
      version: 0.2,
      batch: { "build-graph": ignoring },
      phases: { build: { commands } },
    });
    const ignored = await ended({ buildspecOverride });
    expect(ignored.buildBatchStatus).toBe("SUCCEEDED");
    expect(statuses(ignored)).toMatchObject({ bad: "FAILED", after: "SUCCEEDED" });
  });

  it("stops the others at once when it shall fail fast", async () => {
    const list = [{ identifier: "bad", env: { variables: { FAIL: "1" } } }, { identifier: "long" }];
    await project({ "fast-fail": true, "build-list": list }, [`test -z "$FAIL" && sleep 600`]);
    const batch = await ended();
    expect(batch.buildBatchStatus).toBe("FAILED");
    expect(statuses(batch)).toMatchObject({ bad: "FAILED", long: "STOPPED" });
  });

  it("is retried: all of it, or what failed", async () => {
    const list = [{ identifier: "good" }, { identifier: "bad", env: { variables: { FAIL: "1" } } }];
    await project({ "build-list": list }, [`test -z "$FAIL"`]);
    const { id, buildGroups } = await ended();
    const good = buildGroups?.[1]?.currentBuildSummary?.arn;
    await client.send(new RetryBuildBatchCommand({ id, retryType: "RETRY_FAILED_BUILDS" }));
    await cloud.tasks.idle();
    const again = await batchOf(id);
    expect(again.buildGroups?.[1]).toMatchObject({ currentBuildSummary: { arn: good } });
    expect(again.buildGroups?.[2]?.priorBuildSummaryList).toHaveLength(1);
    await client.send(new RetryBuildBatchCommand({ id, retryType: "RETRY_ALL_BUILDS" }));
    await cloud.tasks.idle();
    expect((await batchOf(id)).buildGroups?.[1]?.priorBuildSummaryList).toMatchObject([{ arn: good }]);
    await project({ "build-list": [{ identifier: "a" }] }, ["true"], { name: "fine" });
    const fine = await ended({ projectName: "fine" });
    await expect(client.send(new RetryBuildBatchCommand({ id: fine.id }))).rejects.toMatchObject({
      name: "InvalidInputException",
    });
  });

  it("is stopped with its builds, listed and deleted with them", async () => {
    await project({ "build-list": [{ identifier: "long" }] }, ["sleep 600"]);
    const { id = "" } = await start();
    const running = await new Promise<string>((resolve) => {
      cloud.events.subscribe(({ detail }) => {
        if (detail["completed-phase"] === "PRE_BUILD") resolve(String(detail["build-id"]));
      });
    });
    await client.send(new StopBuildBatchCommand({ id }));
    await cloud.tasks.idle();
    const batch = await batchOf(id);
    expect(batch).toMatchObject({ buildBatchStatus: "STOPPED", currentPhase: "STOPPED" });
    expect(statuses(batch)["long"]).toBe("STOPPED");
    expect(batch.buildGroups?.[1]?.currentBuildSummary?.arn).toBe(running);
    expect((await client.send(new ListBuildBatchesCommand({ filter: { status: "STOPPED" } }))).ids).toEqual([id]);
    expect((await client.send(new ListBuildBatchesForProjectCommand({ projectName: "app" }))).ids).toEqual([id]);
    const deleted = await client.send(new DeleteBuildBatchCommand({ id }));
    expect(deleted.statusCode).toBe("BATCH_DELETED");
    expect(deleted.buildsDeleted).toHaveLength(2);
    expect((await client.send(new ListBuildsCommand({}))).ids).toEqual([]);
    const { buildBatchesNotFound } = await client.send(new BatchGetBuildBatchesCommand({ ids: [id] }));
    expect(buildBatchesNotFound).toEqual([id]);
  });

  it("combines the artifacts of its builds, a folder for each", async () => {
    const list = [{ identifier: "one" }, { identifier: "two" }];
    await project({ "build-list": list }, ["mkdir out", "echo $CODEBUILD_BATCH_BUILD_IDENTIFIER > out/name"], {
      artifacts: { type: "S3", location: "artifacts", name: "all.zip", packaging: "ZIP" },
      buildBatchConfig: { serviceRole: "arn:aws:iam::123456789012:role/batch", combineArtifacts: true },
    });
    const batch = await ended();
    expect(batch.artifacts?.location).toBe("arn:aws:s3:::artifacts/all.zip");
    expect([...fake.objects.keys()]).toEqual(["artifacts/all.zip"]);
    const folder = mkdtempSync(join(tmpdir(), "aloft-batch-"));
    await unpackZip(fake.objects.get("artifacts/all.zip") ?? Buffer.alloc(0), folder);
    expect(["one", "two"].map((name) => readFileSync(join(folder, name, "out/name"), "utf8"))).toEqual([
      "one\n",
      "two\n",
    ]);
    rmSync(folder, { recursive: true });
  });
});

describe("the secondary artifacts of a batch", () => {
  it("are combined each for itself", async () => {
    const secondary = { type: "S3", location: "artifacts", packaging: "ZIP", artifactIdentifier: "more" } as const;
    await project(undefined, [], {
      source: {
        type: "NO_SOURCE",
        buildspec: JSON.stringify({
          version: 0.2,
          batch: { "build-list": [{ identifier: "one" }, { identifier: "two" }] },
          phases: { build: { commands: ["echo $CODEBUILD_BATCH_BUILD_IDENTIFIER > name"] } },
          artifacts: { files: ["name"], "secondary-artifacts": { more: { files: ["name"] } } },
        }),
      },
      artifacts: { type: "S3", location: "artifacts", name: "all.zip", packaging: "ZIP" },
      secondaryArtifacts: [{ ...secondary, name: "more.zip" }],
      buildBatchConfig: { serviceRole: "arn:aws:iam::123456789012:role/batch", combineArtifacts: true },
    });
    const batch = await ended();
    expect(batch.secondaryArtifacts).toEqual([
      { artifactIdentifier: "more", location: "arn:aws:s3:::artifacts/more.zip" },
    ]);
    expect([...fake.objects.keys()].sort()).toEqual(["artifacts/all.zip", "artifacts/more.zip"]);
    const folder = mkdtempSync(join(tmpdir(), "aloft-batch-"));
    await unpackZip(fake.objects.get("artifacts/more.zip") ?? Buffer.alloc(0), folder);
    expect(readFileSync(join(folder, "two/name"), "utf8")).toBe("two\n");
    rmSync(folder, { recursive: true });
  });
});

describe("a batch that may not be", () => {
  it("fails where its restrictions, its role or its buildspec forbid it", async () => {
    await project({ "build-list": [{ identifier: "a" }, { identifier: "b" }] }, ["true"]);
    const serviceRole = "arn:aws:iam::123456789012:role/batch";
    const few = await ended({ buildBatchConfigOverride: { serviceRole, restrictions: { maximumBuildsAllowed: 1 } } });
    expect(failureOf(few)?.message).toContain("maximum number of builds allowed is 1");
    const restrictions = { computeTypesAllowed: ["BUILD_GENERAL1_LARGE"] };
    const other = await ended({ buildBatchConfigOverride: { serviceRole, restrictions } });
    expect(failureOf(other)?.message).toContain("Compute type BUILD_GENERAL1_SMALL");
    const missing = await ended({ buildspecOverride: "version: 0.2\nphases: {}\n" });
    expect(failureOf(missing)).toMatchObject({ statusCode: "YAML_FILE_ERROR" });
    const broken = await ended({
      buildspecOverride: "version: 0.2\nbatch: { build-graph: [{ identifier: a, depend-on: [a] }] }\n",
    });
    expect(failureOf(broken)?.message).toContain("in a circle: a");
    await allow(iam, "batch", "codebuild:StopBuild");
    expect(failureOf(await ended())).toMatchObject({
      statusCode: "AccessDeniedException",
      message: expect.stringContaining("codebuild:StartBuild"),
    });
  });

  it("is refused without a role", async () => {
    await project({ "build-list": [{ identifier: "a" }] }, ["true"], { buildBatchConfig: undefined });
    await expect(start()).rejects.toMatchObject({
      name: "InvalidInputException",
      message: expect.stringContaining("role"),
    });
  });
});
