import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  BatchGetBuildsCommand,
  type Build,
  CodeBuildClient,
  CreateProjectCommand,
  StartBuildCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { serviceRole } from "../test/serviceRole.ts";
import { startCloudChild } from "./cloudChild.ts";
import { medianOf, ms, report, times } from "./figures.ts";

/** CodeBuild: how long after its request a build starts, and its first command. */
const BUILDS = 15;
const POLL_MS = 5;
const MAX_LOOKS = 10_000;

await using cloud = await startCloudChild();
const codebuild = new CodeBuildClient(cloud.config);
const run = promisify(execFile);

const makeGround = async (): Promise<void> => {
  await serviceRole(new IAMClient(cloud.config), "build", "codebuild", "logs:*");
  const buildspec = {
    version: 0.2,
    env: { "exported-variables": ["AT"] },
    phases: { build: { commands: ["AT=$(date +%s%3N)"] } },
  };
  await codebuild.send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "NO_SOURCE", buildspec: JSON.stringify(buildspec) },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "aws/codebuild/standard:7.0",
        computeType: "BUILD_GENERAL1_SMALL",
      },
      serviceRole: "build",
    }),
  );
};

const untilDone = async (id: string): Promise<Build> => {
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const { builds = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids: [id] }));
    if (builds[0]?.buildStatus === "SUCCEEDED") return builds[0];
    if (builds[0]?.buildStatus !== "IN_PROGRESS") throw new Error(`the build is ${builds[0]?.buildStatus}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error("the build is still in progress");
};

/** A build, and when it was asked for. */
const build = async (): Promise<{ readonly asked: number; readonly done: Build }> => {
  const asked = Date.now();
  const started = await codebuild.send(new StartBuildCommand({ projectName: "app" }));
  return { asked, done: await untilDone(started.build?.id ?? "") };
};

const startOf = ({ phases = [] }: Build, type: string): number =>
  phases.find(({ phaseType }) => phaseType === type)?.startTime?.getTime() ?? Number.NaN;

const firstCommandOf = ({ exportedEnvironmentVariables = [] }: Build): number =>
  Number(exportedEnvironmentVariables.find(({ name }) => name === "AT")?.value);

await makeGround();
// The first build writes the commands that all share, and loads what builds are made of.
await build();
const commands: number[] = [];
const started = await medianOf(BUILDS, async () => {
  const { asked, done } = await build();
  commands.push(firstCommandOf(done) - asked);
  return startOf(done, "PROVISIONING") - asked;
});
const bare = await medianOf(BUILDS, async () => {
  const asked = Date.now();
  const { stdout } = await run("bash", ["--norc", "--noprofile", "-c", "date +%s%3N"]);
  return Number(stdout) - asked;
});
const command = await medianOf(BUILDS, async (index) => commands[index] ?? Number.NaN);
report("request to a running build", ms(started), "<= 50 ms");
report("request to its first command", `${ms(command)}, ${times(command / bare)} of a bare bash`, "");
