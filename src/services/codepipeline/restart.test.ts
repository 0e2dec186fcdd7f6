import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { logOf } from "../../../test/callLog.ts";
import { type Cloud, startCloud } from "../../index.ts";
import { zipOf } from "./artifacts.ts";
import { approvalOf, declared, executionsOf, makeGround, stagesOf, tokenOf, until } from "./testPipeline.ts";

const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
const run = promisify(execFile);
let state = "";
let cloud: Cloud;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "aloft-restart-"));
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  rmSync(state, { recursive: true });
});

const start = async () => {
  cloud = await startCloud({ state, port: 0, credentials: CREDENTIALS, accountId: "123456789012" });
};
const client = <C>(Client: new (config: object) => C): C =>
  new Client({ endpoint: cloud.endpoint, region: "us-east-1", credentials: CREDENTIALS, forcePathStyle: true });

it("goes on after a restart where it was: an approval that waits, and an execution behind it", async () => {
  await start();
  await makeGround({ client });
  const mode = { pipelineType: "V2", executionMode: "QUEUED" } as const;
  await client(CodePipelineClient).send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")]), mode)));
  const before = await tokenOf(client(CodePipelineClient), "Ask");
  await client(CodePipelineClient).send(new StartPipelineExecutionCommand({ name: "app" }));
  await cloud[Symbol.asyncDispose]();

  await start();
  const pipeline = client(CodePipelineClient);
  const approve = async (token: string) =>
    pipeline.send(
      new PutApprovalResultCommand({
        pipelineName: "app",
        stageName: "Stage1",
        actionName: "Ask",
        token,
        result: { status: "Approved", summary: "" },
      }),
    );
  expect(await tokenOf(pipeline, "Ask")).toBe(before);
  const underWay = (await (await logOf(cloud))("trace=-")).filter(({ running }) => running);
  expect(underWay.map(({ operation }) => operation).sort()).toEqual(["Run app", "Run app", "Stage1 / Ask"]);
  await approve(before);
  const next = await until(async () => {
    const token = await tokenOf(pipeline, "Ask");
    return token === before ? undefined : token;
  });
  await approve(next);
  await until(async () => {
    const executions = await executionsOf(pipeline);
    return executions.every(({ status }) => status === "Succeeded") || undefined;
  });
  const { actionExecutionDetails } = await pipeline.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
  expect(actionExecutionDetails).toHaveLength(4);
});

it("fails a stage whose build ended with the process, and a retry succeeds", { timeout: 60_000 }, async () => {
  await start();
  await makeGround({ client }, ["*"]);
  await client(S3Client).send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await zipOf("a", "b") }));
  const marker = join(state, "go");
  const build = {
    name: "Build",
    actionTypeId: { category: "Compute", owner: "AWS", provider: "Commands", version: "1" } as const,
    commands: [`test -e ${marker} || sleep 60`],
    inputArtifacts: [{ name: "App" }],
  };
  await client(CodePipelineClient).send(
    new CreatePipelineCommand(declared(stagesOf([build]), { pipelineType: "V2", executionMode: "QUEUED" })),
  );
  const action = async () => {
    const { actionExecutionDetails = [] } = await client(CodePipelineClient).send(
      new ListActionExecutionsCommand({ pipelineName: "app" }),
    );
    return actionExecutionDetails[0];
  };
  await until(async () => (await action())?.output?.executionResult?.externalExecutionId || undefined);
  await cloud[Symbol.asyncDispose]();

  await start();
  await until(async () => ((await action())?.status === "Failed" ? true : undefined));
  const failed = await action();
  expect(failed?.output?.executionResult?.errorDetails?.code).toBe("JobFailed");
  writeFileSync(marker, "");
  const pipelineExecutionId = failed?.pipelineExecutionId;
  const retry = { pipelineName: "app", stageName: "Stage1", pipelineExecutionId, retryMode: "FAILED_ACTIONS" } as const;
  await client(CodePipelineClient).send(new RetryStageExecutionCommand(retry));
  await cloud.tasks.idle();
  expect(await action()).toMatchObject({ status: "Succeeded", pipelineExecutionId });
});

it("catches up with a commit that was taken just before a crash", async () => {
  await start();
  await makeGround({ client });
  const folder = join(state, "clone");
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
    });
  mkdirSync(folder);
  await git("init", "-q");
  await git("commit", "-q", "--allow-empty", "-m", "one");
  await git("push", "-q", `http://x:root-secret@127.0.0.1:${cloud.port}/git/owner/app.git`, "main");
  const source = {
    name: "Source",
    actionTypeId: { category: "Source", owner: "ThirdParty", provider: "GitHub", version: "1" } as const,
    configuration: { Owner: "owner", Repo: "app", Branch: "main", OAuthToken: "any" },
    outputArtifacts: [{ name: "App" }],
  };
  const [, ...later] = stagesOf([approvalOf("Ask")]);
  const stages = [{ name: "Source", actions: [source] }, ...later];
  const mode = { pipelineType: "V2", executionMode: "QUEUED" } as const;
  await client(CodePipelineClient).send(new CreatePipelineCommand(declared(stages, mode)));
  await tokenOf(client(CodePipelineClient), "Ask");
  await cloud[Symbol.asyncDispose]();

  await git("commit", "-q", "--allow-empty", "-m", "two");
  // As git leaves it when the process is killed before the pipeline hears of the push.
  const [bare = ""] = readdirSync(state, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("app.git"),
  );
  await git("push", "-q", join(state, bare), "main");
  const head = (await git("rev-parse", "HEAD")).stdout.trim();

  await start();
  await until(async () => {
    const [newest] = await executionsOf(client(CodePipelineClient));
    return newest?.sourceRevisions?.[0]?.revisionId === head || undefined;
  });
});
