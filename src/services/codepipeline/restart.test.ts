import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  PutApprovalResultCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Cloud, startCloud } from "../../index.ts";
import { approvalOf, declared, makeGround, stagesOf, tokenOf, until } from "./testPipeline.ts";

const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
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
  await makeGround((Client) => client(Client as new (config: object) => unknown));
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
  await approve(before);
  const next = await until(async () => {
    const token = await tokenOf(pipeline, "Ask");
    return token === before ? undefined : token;
  });
  await approve(next);
  await until(async () => {
    const { pipelineExecutionSummaries = [] } = await pipeline.send(
      new ListPipelineExecutionsCommand({ pipelineName: "app" }),
    );
    return pipelineExecutionSummaries.every(({ status }) => status === "Succeeded") || undefined;
  });
  const { actionExecutionDetails } = await pipeline.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
  expect(actionExecutionDetails).toHaveLength(4);
});
