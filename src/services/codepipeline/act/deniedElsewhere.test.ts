import {
  type CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  ListRuleExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import { type Action, approvalOf, declared, endOf, pipelineCloud, stagesOf } from "../testPipeline.ts";

const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:approvals";

let cloud: TestCloud;
let client: CodePipelineClient;
beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud(["*"]));
  await cloud.client(S3Client).send(new CreateBucketCommand({ Bucket: "site" }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const deny = (Action: string, Resource = "*") => {
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action, Resource }] });
  const request = { RoleName: "pipeline", PolicyName: "denied", PolicyDocument };
  return cloud.client(IAMClient).send(new PutRolePolicyCommand(request));
};
const action = (
  category: "Deploy" | "Invoke",
  provider: string,
  configuration: Record<string, string>,
  inputs: readonly string[] = [],
): Action => ({
  name: provider,
  actionTypeId: { category, owner: "AWS", provider, version: "1" },
  configuration,
  inputArtifacts: inputs.map((name) => ({ name })),
});
const v2 = { pipelineType: "V2" } as const;

describe("the pipeline's role may not", () => {
  it.each<[action: string, last: Action, resource?: string]>([
    ["sns:Publish", approvalOf("Ask", { configuration: { NotificationArn: TOPIC } })],
    [
      "s3:PutObject",
      action("Deploy", "S3", { BucketName: "site", Extract: "false", ObjectKey: "k" }, ["App"]),
      "arn:aws:s3:::site/*",
    ],
    ["lambda:UpdateFunctionCode", action("Deploy", "Lambda", { FunctionName: "fn" }, ["App"])],
    ["states:StartExecution", action("Invoke", "StepFunctions", { StateMachineArn: MACHINE })],
    ["codepipeline:StartPipelineExecution", action("Invoke", "CodePipeline", { PipelineName: "other" })],
  ])("do %s: its action fails, and says so", async (denied, last, resource = "*") => {
    await deny(denied, resource);
    await client.send(new CreatePipelineCommand(declared(stagesOf([last]), v2)));
    expect(await endOf(client)).toBe("Failed");
    const { actionExecutionDetails = [] } = await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
    expect(actionExecutionDetails[0]?.output?.executionResult?.errorDetails).toEqual({
      code: "PermissionError",
      message: expect.stringContaining(`is not authorized to perform: ${denied}`),
    });
  });

  it("ask for an alarm: the rule fails, and keeps the stage closed", async () => {
    await deny("cloudwatch:DescribeAlarms");
    const ruleTypeId = { category: "Rule", owner: "AWS", provider: "CloudWatchAlarm", version: "1" } as const;
    const rules = [{ name: "Calm", ruleTypeId, configuration: { AlarmName: "errors" } }];
    const beforeEntry = { conditions: [{ result: "FAIL" as const, rules }] };
    const [first, second] = stagesOf([approvalOf("Ask")]);
    const stages = [...(first ? [first] : []), ...(second ? [{ ...second, beforeEntry }] : [])];
    await client.send(new CreatePipelineCommand(declared(stages, v2)));
    expect(await endOf(client)).toBe("Failed");
    const { ruleExecutionDetails } = await client.send(new ListRuleExecutionsCommand({ pipelineName: "app" }));
    expect(ruleExecutionDetails?.[0]?.output?.executionResult?.errorDetails).toEqual({
      code: "PermissionError",
      message: expect.stringContaining("is not authorized to perform: cloudwatch:DescribeAlarms"),
    });
  });
});
