import {
  type CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../test/harness.ts";
import {
  type Action,
  approvalOf,
  declared,
  executionsOf,
  pipelineCloud,
  source,
  stagesOf,
  tokenOf,
} from "./testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;
let s3: S3Client;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud());
  s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "target" }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const publish = (configuration: Record<string, string>, more: Partial<Action> = {}): Action => ({
  name: "Publish",
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
  configuration: { BucketName: "target", Extract: "false", ...configuration },
  inputArtifacts: [{ name: "App" }],
  ...more,
});
const create = (...args: Parameters<typeof declared>) => client.send(new CreatePipelineCommand(declared(...args)));
/** How the last run's action failed. */
const failureOf = async (action: string) => {
  await cloud.tasks.idle();
  const { actionExecutionDetails = [] } = await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
  return actionExecutionDetails.find(({ actionName }) => actionName === action)?.output?.executionResult?.errorDetails;
};

describe("variables", () => {
  it("of namespaces that ask for each other are refused, and those of an action's own", async () => {
    const asks = (name: string, namespace: string, of: string) =>
      approvalOf(name, { namespace, configuration: { CustomData: `#{${of}.Text}` } });
    for (const stages of [
      stagesOf([asks("A", "One", "Two")], [asks("B", "Two", "One")]),
      stagesOf([asks("A", "One", "Two"), asks("B", "Two", "One")]),
      stagesOf([asks("A", "One", "One")]),
    ])
      await expect(create(stages)).rejects.toMatchObject({
        name: "InvalidActionDeclarationException",
        message: expect.stringContaining("are referencing a namespace that does not exist. StageName=[Stage1]"),
      });
  });

  it("that no action has given a value fail the action that wants one", async () => {
    await create(stagesOf([publish({ ObjectKey: "#{Src.Nothing}" })]));
    expect(await failureOf("Publish")).toEqual({
      code: "ConfigurationError",
      message:
        "The variable reference #{Src.Nothing} could not be resolved: no action before this one has given it a value.",
    });
  });

  it("that make a configuration too large fail its action", async () => {
    const variables = Array.from({ length: 50 }, (_, n) => ({ name: `v${n}`, defaultValue: "x".repeat(1000) }));
    const all = variables.map(({ name }) => `#{variables.${name}}`).join("");
    const twice = publish({ ObjectKey: all, CacheControl: all, CannedACL: all });
    await create(stagesOf([twice]), { pipelineType: "V2", variables });
    expect(await failureOf("Publish")).toMatchObject({
      code: "ConfigurationError",
      message: expect.stringContaining("larger than 102400 bytes"),
    });
  });

  it("that a pipeline does not declare cannot be given, and those without a default must be", async () => {
    const variables = [{ name: "Where" }];
    await create(stagesOf([publish({ ObjectKey: "#{variables.Where}" })]), { pipelineType: "V2", variables });
    await cloud.tasks.idle();
    const start = (...given: { name: string; value: string }[]) =>
      client.send(new StartPipelineExecutionCommand({ name: "app", variables: given }));
    const where = { name: "Where", value: "here" };
    for (const given of [[], [where, { name: "Other", value: "x" }]])
      await expect(start(...given)).rejects.toMatchObject({ name: "ValidationException" });
    await start(where);
    await cloud.tasks.idle();
    expect((await s3.send(new GetObjectCommand({ Bucket: "target", Key: "here" }))).ContentLength).toBe(3);
  });
});

describe("an artifact that is gone", () => {
  it("fails the action that takes it in, and another try with the artifact succeeds", async () => {
    await create(stagesOf([approvalOf("Ask")], [publish({ ObjectKey: "a" })]));
    const token = await tokenOf(client, "Ask");
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "artifacts" }));
    const [{ Key } = {}] = Contents;
    await s3.send(new DeleteObjectCommand({ Bucket: "artifacts", Key }));
    const place = { pipelineName: "app", stageName: "Stage1", actionName: "Ask" };
    const result = { status: "Approved", summary: "" } as const;
    await client.send(new PutApprovalResultCommand({ ...place, token, result }));
    expect(await failureOf("Publish")).toMatchObject({
      code: "JobFailed",
      message: expect.stringMatching(/key|object/i),
    });
    await s3.send(new PutObjectCommand({ Bucket: "artifacts", Key, Body: "any" }));
    const [execution] = await executionsOf(client);
    await client.send(
      new RetryStageExecutionCommand({
        pipelineName: "app",
        stageName: "Stage2",
        pipelineExecutionId: execution?.pipelineExecutionId,
        retryMode: "FAILED_ACTIONS",
      }),
    );
    await cloud.tasks.idle();
    expect(await executionsOf(client)).toMatchObject([{ status: "Succeeded" }]);
  });
});

describe("twenty pipelines at once", () => {
  it("each bring what they took to where they say", async () => {
    const names = Array.from({ length: 20 }, (_, n) => `beside-${n}`);
    for (const name of names) await s3.send(new PutObjectCommand({ Bucket: "source", Key: name, Body: `of ${name}` }));
    await Promise.all(
      names.map((name) => {
        const first = { ...source, configuration: { S3Bucket: "source", S3ObjectKey: name } };
        const stages = [
          { name: "Source", actions: [first] },
          { name: "Deploy", actions: [publish({ ObjectKey: name })] },
        ];
        return create(stages, { name });
      }),
    );
    await cloud.tasks.idle();
    for (const name of names) {
      expect((await executionsOf(client, name)).map(({ status }) => status)).toEqual(["Succeeded"]);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "target", Key: name }));
      expect(await Body?.transformToString()).toBe(`of ${name}`);
    }
  });
});
