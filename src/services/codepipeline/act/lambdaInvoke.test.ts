import {
  type CodePipelineClient,
  CreatePipelineCommand,
  GetJobDetailsCommand,
  ListActionExecutionsCommand,
  ListRuleExecutionsCommand,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
  UpdateActionTypeCommand,
} from "@aws-sdk/client-codepipeline";
import { AddPermissionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import {
  type Action,
  approvalOf,
  declared,
  makeFunction,
  pipelineCloud,
  stagesOf,
  tokenOf,
  until,
} from "../testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud(["s3:*", "lambda:*"]));
  await makeFunction(cloud);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const MINUTE_MS = 60_000;
const v2 = { pipelineType: "V2", executionMode: "QUEUED" } as const;
const create = (action: Action) => client.send(new CreatePipelineCommand(declared(stagesOf([action]), v2)));
const invoke: Action = {
  name: "Call",
  actionTypeId: { category: "Invoke", owner: "AWS", provider: "Lambda", version: "1" },
  configuration: { FunctionName: "fn", UserParameters: "hello" },
};
const run = async () =>
  (await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }))).actionExecutionDetails?.find(
    ({ actionName }) => actionName !== "Source",
  );
const ended = () =>
  until(async () => {
    const found = await run();
    return found && found.status !== "InProgress" ? found : undefined;
  });
/** The id of the job that the function was handed. */
const handed = async () => (await until(run)).actionExecutionId ?? "";

describe("the Lambda action", { timeout: 60_000 }, () => {
  it("fails when its function says nothing for twenty minutes, and not while it says that it goes on", async () => {
    await create(invoke);
    const jobId = await handed();
    cloud.clock.advance(15 * MINUTE_MS);
    await client.send(new PutJobSuccessResultCommand({ jobId, continuationToken: "more" }));
    const { status, output, startTime, lastUpdateTime } = await until(async () => {
      cloud.clock.advance(MINUTE_MS / 2);
      const now = await run();
      return now?.status === "InProgress" ? undefined : now;
    });
    expect(status).toBe("Failed");
    expect(Number(lastUpdateTime) - Number(startTime)).toBeGreaterThan(35 * MINUTE_MS);
    expect(output?.executionResult?.errorDetails).toEqual({
      code: "JobFailed",
      message: expect.stringContaining("The AWS Lambda function fn failed to return a result. Check the function"),
    });
  });

  it("is a job that can be looked at and ends once", async () => {
    await create(invoke);
    const jobId = await handed();
    const { jobDetails } = await client.send(new GetJobDetailsCommand({ jobId }));
    expect(jobDetails?.data?.actionConfiguration?.configuration).toEqual(invoke.configuration);
    const failureDetails = { type: "ConfigurationError", message: "no" } as const;
    await client.send(new PutJobFailureResultCommand({ jobId, failureDetails }));
    expect((await ended()).output?.executionResult?.errorDetails).toEqual({
      code: "ConfigurationError",
      message: "no",
    });
    await expect(client.send(new PutJobSuccessResultCommand({ jobId }))).rejects.toMatchObject({
      name: "InvalidJobStateException",
    });
    await expect(
      client.send(new PutJobSuccessResultCommand({ jobId: "00000000-0000-4000-8000-000000000000" })),
    ).rejects.toMatchObject({
      name: "JobNotFoundException",
    });
  });
});

describe("the LambdaInvoke rule", { timeout: 60_000 }, () => {
  const entered = (FunctionName: string) => {
    const [first, second] = stagesOf([approvalOf("Ask")]);
    const ruleTypeId = { category: "Rule", owner: "AWS", provider: "LambdaInvoke", version: "1" } as const;
    const rules = [{ name: "Look", ruleTypeId, configuration: { FunctionName } }];
    const stages = [first, { ...second, beforeEntry: { conditions: [{ result: "FAIL" as const, rules }] } }];
    return client.send(new CreatePipelineCommand(declared(stages as never, v2)));
  };
  const rule = async () =>
    (await client.send(new ListRuleExecutionsCommand({ pipelineName: "app" }))).ruleExecutionDetails?.[0];
  const found = async () => (await until(rule)).ruleExecutionId ?? "";

  it("lets a stage be entered when its function says so", async () => {
    await entered("fn");
    await client.send(new PutJobSuccessResultCommand({ jobId: await found() }));
    await tokenOf(client, "Ask");
    expect((await rule())?.status).toBe("Succeeded");
  });

  it("keeps a stage closed when its function says so, or is not there", async () => {
    await entered("fn");
    const failureDetails = { type: "JobFailed", message: "not today" } as const;
    await client.send(new PutJobFailureResultCommand({ jobId: await found(), failureDetails }));
    const failed = await until(async () => ((await rule())?.status === "Failed" ? await rule() : undefined));
    expect(failed.output?.executionResult?.errorDetails).toEqual({ code: "JobFailed", message: "not today" });
  });
});

describe("a third party's function", { timeout: 60_000 }, () => {
  const id = { category: "Test", owner: "ThirdParty", provider: "Partner", version: "1" } as const;
  const declareType = (lambdaFunctionArn: string) =>
    client.send(
      new UpdateActionTypeCommand({
        actionType: {
          id,
          executor: { type: "Lambda", configuration: { lambdaExecutorConfiguration: { lambdaFunctionArn } } },
          inputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
          outputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
        },
      }),
    );

  it("is handed the job, and says how it ended", async () => {
    const FunctionName = "arn:aws:lambda:us-east-1:123456789012:function:fn";
    const Principal = "codepipeline.amazonaws.com";
    const Action = "lambda:InvokeFunction";
    await cloud
      .client(LambdaClient)
      .send(new AddPermissionCommand({ FunctionName, StatementId: "s", Principal, Action }));
    await declareType(FunctionName);
    await create({ name: "Check", actionTypeId: id });
    const jobId = await handed();
    const { jobDetails } = await client.send(new GetJobDetailsCommand({ jobId }));
    expect(jobDetails?.data?.actionTypeId).toEqual(id);
    await client.send(new PutJobSuccessResultCommand({ jobId, executionDetails: { summary: "checked" } }));
    expect((await ended()).status).toBe("Succeeded");
  });

  it("must let CodePipeline call it", async () => {
    await declareType("arn:aws:lambda:us-east-1:123456789012:function:fn");
    await create({ name: "Check", actionTypeId: id });
    const { status, output } = await ended();
    expect([status, output?.executionResult?.errorDetails?.code]).toEqual(["Failed", "PermissionError"]);
  });
});
