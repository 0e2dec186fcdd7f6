import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { type CodePipelineClient, GetPipelineCommand, GetPipelineStateCommand } from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import { executionsOf, pipelineCloud, ROLE, until } from "../testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;
let stacks: CloudFormationClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud());
  stacks = cloud.client(CloudFormationClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const rule = (Name: string, Operator: string) => ({
  Name,
  RuleTypeId: { Category: "Rule", Owner: "AWS", Provider: "VariableCheck", Version: "1" },
  Configuration: { Variable: "#{variables.Go}", Operator, Value: "yes" },
});
const condition = (Result: string, ...Rules: object[]) => ({ Conditions: [{ Result, Rules }] });
const approval = (Name: string) => ({
  Name,
  ActionTypeId: { Category: "Approval", Owner: "AWS", Provider: "Manual", Version: "1" },
});

const template = (conditions: object, more: object = {}) =>
  JSON.stringify({
    Resources: {
      Pipeline: {
        Type: "AWS::CodePipeline::Pipeline",
        Properties: {
          Name: "app",
          RoleArn: ROLE,
          PipelineType: "V2",
          ExecutionMode: "QUEUED",
          ArtifactStore: { Type: "S3", Location: "artifacts" },
          Variables: [{ Name: "Go", DefaultValue: "no" }],
          Stages: [
            {
              Name: "Source",
              Actions: [
                {
                  Name: "Source",
                  ActionTypeId: { Category: "Source", Owner: "AWS", Provider: "S3", Version: "1" },
                  Configuration: { S3Bucket: "source", S3ObjectKey: "app.zip", PollForSourceChanges: false },
                  OutputArtifacts: [{ Name: "App" }],
                },
              ],
            },
            { Name: "Stage1", Actions: [approval("Ask")], ...conditions },
          ],
          ...more,
        },
      },
    },
  });
const create = async (conditions: object) => {
  await stacks.send(new CreateStackCommand({ StackName: "app", TemplateBody: template(conditions) }));
  await cloud.tasks.idle();
};
const pipeline = async () => (await client.send(new GetPipelineCommand({ name: "app" }))).pipeline;
const statuses = async () => (await executionsOf(client)).map(({ status }) => status);

describe("AWS::CodePipeline::Pipeline", () => {
  it("has conditions of entry, success and failure, and they are looked at", async () => {
    await create({
      BeforeEntry: condition("FAIL", rule("Go", "EQ")),
      OnSuccess: condition("ROLLBACK", rule("Went", "NE")),
      OnFailure: { Result: "RETRY", RetryConfiguration: { RetryMode: "ALL_ACTIONS" } },
    });
    const declared = (name: string, operator: string) => ({
      name,
      ruleTypeId: { category: "Rule", owner: "AWS", provider: "VariableCheck", version: "1" },
      configuration: { Variable: "#{variables.Go}", Operator: operator, Value: "yes" },
      inputArtifacts: [],
    });
    expect((await pipeline())?.stages?.[1]).toMatchObject({
      beforeEntry: { conditions: [{ result: "FAIL", rules: [declared("Go", "EQ")] }] },
      onSuccess: { conditions: [{ result: "ROLLBACK", rules: [declared("Went", "NE")] }] },
      onFailure: { result: "RETRY", retryConfiguration: { retryMode: "ALL_ACTIONS" } },
    });
    await until(async () => ((await statuses()).join() === "Failed" ? true : undefined));
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: "app" }));
    expect(stageStates[1]?.beforeEntryConditionState?.latestExecution?.status).toBe("Failed");
  });

  it("changes and loses them with the template, and runs again where it says so", async () => {
    await create({ BeforeEntry: condition("FAIL", rule("Go", "EQ")) });
    const TemplateBody = template({ OnFailure: { Result: "ROLLBACK" } }, { RestartExecutionOnUpdate: true });
    await stacks.send(new UpdateStackCommand({ StackName: "app", TemplateBody }));
    await until(async () => ((await statuses()).length === 2 ? true : undefined));
    const stage = (await pipeline())?.stages?.[1];
    expect([stage?.beforeEntry, stage?.onFailure]).toEqual([undefined, { result: "ROLLBACK" }]);
  });

  it("is refused with a condition that cannot be, in CodePipeline's words", async () => {
    await create({ BeforeEntry: condition("ROLLBACK", rule("Go", "EQ")) });
    const { StackEvents = [] } = await stacks.send(new DescribeStackEventsCommand({ StackName: "app" }));
    const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED");
    expect(failed?.ResourceStatusReason).toContain("Condition BEFORE_ENTRY of stage Stage1 has the result ROLLBACK");
  });
});
