import { gunzipSync } from "node:zlib";
import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  type CreateProjectCommandInput,
  ListBuildsCommand,
  ListCuratedEnvironmentImagesCommand,
  ListSharedProjectsCommand,
  ListSharedReportGroupsCommand,
  StartBuildCommand,
  UpdateProjectCommand,
  UpdateProjectVisibilityCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { type Clock, testClock } from "../../../kernel/clock.ts";
import { MAX_RUNNING_BUILDS } from "../limits.ts";
import { type NeighboursFake, neighboursFake } from "../neighboursFake.ts";
import codebuild from "../service.ts";

let cloud: TestCloud;
let client: CodeBuildClient;
let fake: NeighboursFake;
/** Hears how long each wait for the cloud's time is to be, as it begins. */
let whenWaiting: (ms: number) => void;

beforeEach(async () => {
  fake = neighboursFake();
  whenWaiting = () => {};
  const clock = testClock();
  const heard: Clock = {
    ...clock,
    sleep: (ms, signal) => {
      const slept = clock.sleep(ms, signal);
      whenWaiting(ms);
      return slept;
    },
  };
  cloud = await testCloud({ clock: heard, loaders: { ...fake.loaders, codebuild: async () => codebuild } });
  client = cloud.client(CodeBuildClient);
  await serviceRole(cloud.client(IAMClient), "build", "codebuild", "*");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const project = (command: string, more: Partial<CreateProjectCommandInput> = {}) =>
  client.send(
    new CreateProjectCommand({
      name: "app",
      source: {
        type: "NO_SOURCE",
        buildspec: JSON.stringify({ version: 0.2, phases: { build: { commands: [command] } } }),
      },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: "arn:aws:iam::123456789012:role/build",
      logsConfig: { cloudWatchLogs: { status: "DISABLED" } },
      ...more,
    }),
  );
const start = async () => (await client.send(new StartBuildCommand({ projectName: "app" }))).build?.id ?? "";
const buildOf = async (id = "") => (await client.send(new BatchGetBuildsCommand({ ids: [id] }))).builds?.[0];

describe("a build that fails", () => {
  it("starts anew as often as its project lets it, and each knows the one before and after", async () => {
    await project("false", { autoRetryLimit: 2 });
    const first = await start();
    await cloud.tasks.idle();
    const { ids = [] } = await client.send(new ListBuildsCommand({ sortOrder: "ASCENDING" }));
    expect(ids).toHaveLength(3);
    const [one, two, three] = await Promise.all(ids.map(buildOf));
    expect(one?.id).toBe(first);
    expect(one?.autoRetryConfig).toEqual({ autoRetryLimit: 2, autoRetryNumber: 0, nextAutoRetry: two?.arn });
    expect(two?.autoRetryConfig).toMatchObject({
      autoRetryNumber: 1,
      previousAutoRetry: one?.arn,
      nextAutoRetry: three?.arn,
    });
    expect(three?.autoRetryConfig).toEqual({ autoRetryLimit: 2, autoRetryNumber: 2, previousAutoRetry: two?.arn });
  });

  it("starts anew as often as its buildspec says, where the message matches", async () => {
    const buildspec = (onFailure: string) =>
      JSON.stringify({ version: 0.2, phases: { build: { "on-failure": onFailure, commands: ["exit 7"] } } });
    const source = (onFailure: string) => ({ type: "NO_SOURCE" as const, buildspec: buildspec(onFailure) });
    await project("", { source: source("RETRY-2-.*exit status 7.*") });
    await start();
    await cloud.tasks.idle();
    const { ids = [] } = await client.send(new ListBuildsCommand({}));
    const builds = await Promise.all(ids.map(buildOf));
    expect(builds.map((build) => build?.autoRetryConfig?.autoRetryNumber)).toEqual([2, 1, 0]);
    expect(builds.map((build) => build?.autoRetryConfig?.autoRetryLimit)).toEqual([2, 2, 2]);
    await client.send(new UpdateProjectCommand({ name: "app", source: source("RETRY-2-another") }));
    await start();
    await cloud.tasks.idle();
    expect((await client.send(new ListBuildsCommand({}))).ids).toHaveLength(4);
  });

  it("is not tried again when it succeeds", async () => {
    await project("true", { autoRetryLimit: 2 });
    await start();
    await cloud.tasks.idle();
    expect((await client.send(new ListBuildsCommand({}))).ids).toHaveLength(1);
  });
});

describe("a build's log", () => {
  it("goes to S3 as one compressed file, when the project wants it", async () => {
    await project("echo to the bucket", {
      logsConfig: { cloudWatchLogs: { status: "DISABLED" }, s3Logs: { status: "ENABLED", location: "logs/of/builds" } },
    });
    const id = await start();
    await cloud.tasks.idle();
    const uuid = id.split(":")[1];
    const key = `logs/of/builds/${uuid}.gz`;
    expect(gunzipSync(fake.objects.get(key) ?? Buffer.alloc(0)).toString()).toMatch(/\nto the bucket\n/);
    const build = await buildOf(id);
    expect(build?.logs).toMatchObject({ s3LogsArn: `arn:aws:s3:::${key}`, s3Logs: { status: "ENABLED" } });
    expect(build?.phases?.find(({ phaseType }) => phaseType === "FINALIZING")?.phaseStatus).toBe("SUCCEEDED");
  });
});

describe("what a build cannot be given", () => {
  it("is kept, answered, and named in the log as not applied", async () => {
    const mount = {
      type: "EFS",
      location: "fs-1.efs.us-east-1.amazonaws.com:/",
      mountPoint: "/mnt",
      identifier: "fs",
    } as const;
    const vpcConfig = { vpcId: "vpc-1", subnets: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const cloudWatchLogs = { status: "DISABLED" } as const;
    const s3Logs = { status: "ENABLED", location: "logs/of" } as const;
    const { project: made } = await project("true", {
      ...{ vpcConfig, fileSystemLocations: [mount], logsConfig: { cloudWatchLogs, s3Logs } },
    });
    expect(made).toMatchObject({ vpcConfig, fileSystemLocations: [mount] });
    const id = await start();
    await cloud.tasks.idle();
    expect((await buildOf(id))?.buildStatus).toBe("SUCCEEDED");
    const log = gunzipSync(fake.objects.get(`logs/of/${id.split(":")[1]}.gz`) ?? "").toString();
    expect(log).toContain("vpcConfig is not applied");
    expect(log).toContain("fs-1.efs.us-east-1.amazonaws.com:/ is not mounted at /mnt");
  });
});

describe("a build that waits for its place", () => {
  it("times out where it is, once its project's patience ends", async () => {
    await project("sleep 600", { queuedTimeoutInMinutes: 5 });
    const patienceMs = 5 * 60_000;
    const running = await Promise.all(Array.from({ length: MAX_RUNNING_BUILDS }, start));
    const begun = new Promise<void>((resolve) => {
      whenWaiting = (ms) => ms === patienceMs && resolve();
    });
    const waiting = await start();
    const ended = new Promise<void>((resolve) => {
      cloud.events.subscribe(({ detail }) => {
        if (String(detail["build-id"]).endsWith(waiting) && detail["build-status"] === "TIMED_OUT") resolve();
      });
    });
    await begun;
    cloud.clock.advance(patienceMs + 1);
    await ended;
    const build = await buildOf(waiting);
    expect(build?.buildStatus).toBe("TIMED_OUT");
    expect(build?.phases?.map(({ phaseType, phaseStatus }) => `${phaseType} ${phaseStatus}`)).toEqual([
      "SUBMITTED SUCCEEDED",
      "QUEUED TIMED_OUT",
      "COMPLETED undefined",
    ]);
    for (const id of running) expect((await buildOf(id))?.buildStatus).toBe("IN_PROGRESS");
  });
});

describe("what stands beside projects", () => {
  it("names the standard images, shares nothing, and refuses public projects by name", async () => {
    const { platforms } = await client.send(new ListCuratedEnvironmentImagesCommand({}));
    expect(platforms?.map(({ platform }) => platform)).toEqual(["AMAZON_LINUX", "UBUNTU"]);
    expect((await client.send(new ListSharedProjectsCommand({}))).projects).toEqual([]);
    expect((await client.send(new ListSharedReportGroupsCommand({}))).reportGroups).toEqual([]);
    const { project: made } = await project("true");
    const projectArn = made?.arn;
    const visibility = (projectVisibility: "PRIVATE" | "PUBLIC_READ") =>
      client.send(new UpdateProjectVisibilityCommand({ projectArn, projectVisibility }));
    expect(await visibility("PRIVATE")).toMatchObject({ projectArn, projectVisibility: "PRIVATE" });
    await expect(visibility("PUBLIC_READ")).rejects.toMatchObject({ name: "NotImplemented" });
  });
});
