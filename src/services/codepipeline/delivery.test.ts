import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { CodeBuildClient, CreateProjectCommand } from "@aws-sdk/client-codebuild";
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lineOf, logOf } from "../../../test/callLog.ts";
import { serviceRole } from "../../../test/serviceRole.ts";
import type { CallView } from "../../console/calls.ts";
import { type Cloud, startCloud } from "../../index.ts";

const run = promisify(execFile);
const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
const TEMPLATE = (text: string) =>
  `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties: { DisplayName: ${text} }\nOutputs:\n  Url: { Value: "http://example/${text}" }\n`;
const BUILDSPEC = `version: 0.2\nphases:\n  build:\n    commands:\n      - test ! -e broken\n      - cp template.yml packaged.yml\nartifacts:\n  files: [packaged.yml]\n`;

let cloud: Cloud;
let folder = "";
const bugs: unknown[] = [];
const client = <C>(Client: new (config: object) => C): C =>
  new Client({
    endpoint: cloud.endpoint,
    region: "us-east-1",
    credentials: CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
  });

beforeEach(async () => {
  bugs.length = 0;
  cloud = await startCloud({ credentials: CREDENTIALS, port: 0, onBug: (where, error) => bugs.push([where, error]) });
  folder = mkdtempSync(join(tmpdir(), "aloft-delivery-"));
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
  expect(bugs).toEqual([]);
});

const git = (...args: string[]) =>
  run("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
  });
const push = async (files: Readonly<Record<string, string>>, ...options: string[]) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await git("add", "-A");
  await git("commit", "-q", "-m", "change");
  const remote = `http://x:${CREDENTIALS.secretAccessKey}@127.0.0.1:${cloud.port}/git/owner/app.git`;
  return (await git("push", ...options, remote, "main")).stderr;
};

const action = (name: string, category: string, provider: string, more: object, owner = "AWS") => ({
  name,
  actionTypeId: { category: category as "Build", owner: owner as "AWS", provider, version: "1" },
  ...more,
});

const createPipeline = async () => {
  await client(S3Client).send(new CreateBucketCommand({ Bucket: "artifacts" }));
  const pipelineRole = await serviceRole(client(IAMClient), "pipeline", "codepipeline", [
    "s3:*",
    "codebuild:*",
    "cloudformation:*",
    "iam:PassRole",
  ]);
  const buildRole = await serviceRole(client(IAMClient), "build", "codebuild", ["s3:*", "logs:*"]);
  const deployRole = await serviceRole(client(IAMClient), "deploy", "cloudformation", ["sns:*"]);
  await client(CodeBuildClient).send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "CODEPIPELINE", buildspec: "buildspec.yml" },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "aws/codebuild/standard:7.0",
        computeType: "BUILD_GENERAL1_SMALL",
      },
      serviceRole: buildRole,
    }),
  );
  const stack = { StackName: "app", ChangeSetName: "changes" };
  await client(CodePipelineClient).send(
    new CreatePipelineCommand({
      pipeline: {
        name: "app",
        roleArn: pipelineRole,
        artifactStore: { type: "S3", location: "artifacts" },
        pipelineType: "V2",
        executionMode: "QUEUED",
        stages: [
          {
            name: "Source",
            actions: [
              action(
                "Source",
                "Source",
                "GitHub",
                {
                  configuration: { Owner: "owner", Repo: "app", Branch: "main", OAuthToken: "any" },
                  outputArtifacts: [{ name: "SourceOutput" }],
                  namespace: "Src",
                },
                "ThirdParty",
              ),
            ],
          },
          {
            name: "Build",
            actions: [
              action("Build", "Build", "CodeBuild", {
                configuration: { ProjectName: "app" },
                inputArtifacts: [{ name: "SourceOutput" }],
                outputArtifacts: [{ name: "BuildOutput" }],
              }),
            ],
          },
          {
            name: "Deploy",
            actions: [
              action("Generate", "Deploy", "CloudFormation", {
                runOrder: 1,
                inputArtifacts: [{ name: "BuildOutput" }],
                configuration: {
                  ...stack,
                  ActionMode: "CHANGE_SET_REPLACE",
                  TemplatePath: "BuildOutput::packaged.yml",
                  RoleArn: deployRole,
                },
              }),
              action("Execute", "Deploy", "CloudFormation", {
                runOrder: 2,
                configuration: { ...stack, ActionMode: "CHANGE_SET_EXECUTE" },
              }),
            ],
          },
        ],
      },
    }),
  );
};

describe("delivery", () => {
  it("takes a push through source, build, change set and deployment, and the push shows it", async () => {
    await git("init", "-q");
    await push({ "template.yml": TEMPLATE("one"), "buildspec.yml": BUILDSPEC }, "-o", "nowait");
    await createPipeline();
    await cloud.tasks.idle();
    const pipeline = client(CodePipelineClient);
    const details = async () =>
      (await pipeline.send(new ListActionExecutionsCommand({ pipelineName: "app" }))).actionExecutionDetails ?? [];
    const failures = (await details()).flatMap(({ output }) => output?.executionResult?.errorDetails ?? []);
    expect(failures).toEqual([]);
    const { Stacks } = await client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: "app" }));
    expect(Stacks?.[0]).toMatchObject({
      StackStatus: "CREATE_COMPLETE",
      Outputs: [{ OutputValue: "http://example/one" }],
    });

    const shown = await push({ "template.yml": TEMPLATE("two") });
    expect(shown).toMatch(/Build \/ Build {2}succeeded/);
    expect(shown).toMatch(/Url {2}http:\/\/example\/two/);

    const broken = await push({ broken: "" });
    expect(broken).toContain("FAILED");
    expect(broken).toContain("COMMAND_EXECUTION_ERROR");
    const after = await client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: "app" }));
    expect(after.Stacks?.[0]?.Outputs?.[0]?.OutputValue).toBe("http://example/two");
    const { pipelineExecutionSummaries: executions = [] } = await pipeline.send(
      new ListPipelineExecutionsCommand({ pipelineName: "app" }),
    );
    expect(executions.map(({ status }) => status)).toEqual(["Failed", "Succeeded", "Succeeded"]);
    const { stageStates } = await pipeline.send(new GetPipelineStateCommand({ name: "app" }));
    expect(stageStates?.map(({ latestExecution }) => latestExecution?.status)).toEqual([
      "Succeeded",
      "Failed",
      "Succeeded",
    ]);
    const first = executions.at(-1);
    await tracedCalls(first?.pipelineExecutionId ?? "", first?.startTime?.getTime() ?? 0);
  }, 60_000);
});

/** A run is one trace: below it its actions, below them what they started, and below that what this called. */
const tracedCalls = async (id: string, startedAt: number) => {
  const root = `1-${Math.floor(startedAt / 1000).toString(16)}-${id.replaceAll("-", "").slice(-24)}`;
  const calls = await (await logOf(cloud))(`trace=${root}`);
  const pathOf = (call: CallView): string => {
    const parent = calls.find(({ segment }) => segment && call.traceId?.includes(`Parent=${segment}`));
    return parent ? `${pathOf(parent)} > ${lineOf(call)}` : lineOf(call);
  };
  const run = "codepipeline:Run app > codepipeline";
  expect(calls.map(pathOf)).toEqual(
    expect.arrayContaining([
      `${run}:Source / Source > s3:PutObject`,
      `${run}:Build / Build > codebuild:StartBuild`,
      `${run}:Build / Build > codebuild:Build of app > logs:PutLogEvents`,
      `${run}:Build / Build > codebuild:Build of app > s3:GetObject`,
      `${run}:Deploy / Execute > cloudformation:CREATE of app > sns:CreateTopic`,
    ]),
  );
};
