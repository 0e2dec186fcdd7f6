import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  ListBuildsCommand,
} from "@aws-sdk/client-codebuild";
import { CodeCommitClient, CreateRepositoryCommand } from "@aws-sdk/client-codecommit";
import { CodePipelineClient, CreatePipelineCommand, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { type Cloud, startCloud } from "../../../index.ts";
import { codeCommitOwner } from "../../../kernel/gitHost.ts";
import { zipOf } from "../artifacts.ts";
import { type Action, declared, makeGround } from "../testPipeline.ts";

const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
const CONNECTION = "arn:aws:codestar-connections:us-east-1:123456789012:connection/c";
const run = promisify(execFile);

let cloud: Cloud;
let folder = "";
const client = <C>(Client: new (config: object) => C): C =>
  new Client({ endpoint: cloud.endpoint, region: "us-east-1", credentials: CREDENTIALS, forcePathStyle: true });

beforeEach(async () => {
  cloud = await startCloud({ credentials: CREDENTIALS, port: 0, accountId: "123456789012" });
  folder = mkdtempSync(join(tmpdir(), "aloft-clone-"));
  await makeGround({ client }, ["*"]);
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Two commits in a repository of that owner. */
const push = async (owner: string) => {
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
    });
  await git("init", "-q");
  for (const text of ["one", "two"]) {
    writeFileSync(join(folder, "file"), text);
    await git("add", "-A");
    await git("commit", "-q", "-m", text);
  }
  const { port } = cloud;
  await git("push", "-q", `http://x:${CREDENTIALS.secretAccessKey}@127.0.0.1:${port}/git/${owner}/app.git`, "main");
};

const pushToCodeCommit = async () => {
  await client(CodeCommitClient).send(new CreateRepositoryCommand({ repositoryName: "app" }));
  await push(codeCommitOwner({ account: "123456789012", region: "us-east-1" }));
};

const specOf = (commands: readonly string[]) => JSON.stringify({ version: "0.2", phases: { build: { commands } } });

const project = async (...allowed: string[]) => {
  const role = await serviceRole(client(IAMClient), "build", "codebuild", ["s3:*", "logs:*", ...allowed]);
  const commands = ["git log --format=%s | tr '\\n' ' ' > log", 'test "$(cat log)" = "two one "', "grep -q two file"];
  await client(CodeBuildClient).send(
    new CreateProjectCommand({
      name: "app",
      source: {
        type: "CODEPIPELINE",
        buildspec: specOf(commands),
      },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "aws/codebuild/standard:7.0",
        computeType: "BUILD_GENERAL1_SMALL",
      },
      serviceRole: role,
    }),
  );
};

const codeCommit = { RepositoryName: "app", BranchName: "main" };
const connection = { ConnectionArn: CONNECTION, FullRepositoryId: "owner/app", BranchName: "main" };
const build: Action = {
  name: "Build",
  actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
  configuration: { ProjectName: "app" },
  inputArtifacts: [{ name: "App" }],
};
const publish: Action = {
  name: "Publish",
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
  configuration: { BucketName: "artifacts", Extract: "true" },
  inputArtifacts: [{ name: "App" }],
};

/** How the actions of the pipeline's one execution ended, the last first. */
const runOf = async (
  provider: string,
  configuration: Record<string, string>,
  action: Action,
  ...beside: readonly Action[]
) => {
  const source: Action = {
    name: "Source",
    actionTypeId: { category: "Source", owner: "AWS", provider, version: "1" },
    configuration,
    outputArtifacts: [{ name: "App" }],
  };
  const stages = [
    { name: "Source", actions: [source, ...beside] },
    { name: "Then", actions: [action] },
  ];
  const pipeline = client(CodePipelineClient);
  await pipeline.send(new CreatePipelineCommand(declared(stages)));
  await cloud.tasks.idle();
  const { actionExecutionDetails = [] } = await pipeline.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
  return actionExecutionDetails.map(({ output }) => output?.executionResult?.errorDetails ?? output?.outputVariables);
};

const FULL = { OutputArtifactFormat: "CODEBUILD_CLONE_REF" };

describe("a source that builds clone for themselves", { timeout: 60_000 }, () => {
  it("from CodeCommit has its history", async () => {
    await pushToCodeCommit();
    await project("codecommit:GitPull");
    expect(await runOf("CodeCommit", { ...codeCommit, ...FULL }, build)).toEqual([
      {},
      expect.objectContaining({ CommitMessage: "two", BranchName: "main", RepositoryName: "app" }),
    ]);
  });

  it("from a connection has it, too, where the build's role may use the connection", async () => {
    await push("owner");
    await project("codestar-connections:UseConnection");
    expect(await runOf("CodeStarSourceConnection", { ...connection, ...FULL }, build)).toEqual([
      {},
      expect.objectContaining({ CommitMessage: "two", FullRepositoryName: "owner/app" }),
    ]);
  });

  it("is a build's second source as well, whose version and revision it is told", async () => {
    await pushToCodeCommit();
    await project("codecommit:GitPull");
    const commands = [
      'test "$(git -C $CODEBUILD_SRC_DIR_App log --format=%s | wc -l)" = 2',
      'case "$CODEBUILD_SOURCE_VERSION_App" in arn:aws:s3:::artifacts/app/App/*) ;; *) exit 1 ;; esac',
      'test -z "$CODEBUILD_SOURCE_REPO_URL_App$CODEBUILD_SOURCE_REPO_URL"',
    ];
    const s3: Action = {
      name: "Site",
      actionTypeId: { category: "Source", owner: "AWS", provider: "S3", version: "1" },
      configuration: { S3Bucket: "source", S3ObjectKey: "site.zip" },
      outputArtifacts: [{ name: "Site" }],
    };
    await client(S3Client).send(
      new PutObjectCommand({ Bucket: "source", Key: "site.zip", Body: await zipOf("a.txt", "a") }),
    );
    const both = {
      ...build,
      configuration: { ...build.configuration, PrimarySource: "Site", BuildspecOverride: specOf(commands) },
      inputArtifacts: [{ name: "Site" }, { name: "App" }],
    };
    const [built] = await runOf("CodeCommit", { ...codeCommit, ...FULL }, both, s3);
    expect(built).toEqual({});
    const { builds } = await client(CodeBuildClient).send(
      new BatchGetBuildsCommand({ ids: (await client(CodeBuildClient).send(new ListBuildsCommand({}))).ids }),
    );
    expect(builds?.[0]).toMatchObject({
      secondarySources: [{ type: "CODEPIPELINE", sourceIdentifier: "App" }],
      secondarySourceVersions: [
        { sourceIdentifier: "App", sourceVersion: expect.stringMatching(/^arn:aws:s3:::artifacts\/app\/App\//) },
      ],
    });
  });

  it("is not for a build whose role may not", async () => {
    await push("owner");
    await project();
    const [built] = await runOf("CodeStarSourceConnection", { ...connection, ...FULL }, build);
    expect(built).toMatchObject({
      code: "JobFailed",
      message: expect.stringMatching(
        /Phase: DOWNLOAD_SOURCE, Code: CLIENT_ERROR, Message: authorization failed for primary source and source version [0-9a-f]{40}\. .*codestar-connections:UseConnection/,
      ),
    });
  });

  it("is for builds alone", async () => {
    await pushToCodeCommit();
    const [published] = await runOf("CodeCommit", { ...codeCommit, ...FULL }, publish);
    expect(published).toMatchObject({
      code: "ConfigurationError",
      message: expect.stringContaining("which CodeBuild actions alone can take"),
    });
  });
});

it("a CodeCommit source gives the branch's files", { timeout: 60_000 }, async () => {
  await pushToCodeCommit();
  const [published] = await runOf("CodeCommit", codeCommit, publish);
  expect(published).toEqual({});
});
