import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { BatchGetProjectsCommand, CodeBuildClient } from "@aws-sdk/client-codebuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
let stacks: CloudFormationClient;
beforeEach(async () => {
  cloud = await testCloud();
  stacks = cloud.client(CloudFormationClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const template = (more: object) =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Principal: { Service: "codebuild.amazonaws.com" }, Action: "sts:AssumeRole" },
            ],
          },
        },
      },
      Project: {
        Type: "AWS::CodeBuild::Project",
        Properties: {
          Name: "app-build",
          ServiceRole: { "Fn::GetAtt": ["Role", "Arn"] },
          Artifacts: { Type: "CODEPIPELINE" },
          Source: { Type: "CODEPIPELINE", BuildSpec: "buildspec-sam.yml" },
          Environment: {
            Type: "LINUX_CONTAINER",
            ComputeType: "BUILD_GENERAL1_SMALL",
            Image: "aws/codebuild/standard:7.0",
            EnvironmentVariables: [{ Name: "A", Value: "b" }],
          },
          ...more,
        },
      },
    },
    Outputs: { Name: { Value: { Ref: "Project" } }, Arn: { Value: { "Fn::GetAtt": ["Project", "Arn"] } } },
  });

const settled = async () => {
  await cloud.tasks.idle();
  const { Stacks = [] } = await stacks.send(new DescribeStacksCommand({ StackName: "app" }));
  const { StackEvents = [] } = await stacks.send(new DescribeStackEventsCommand({ StackName: "app" }));
  const reasons = StackEvents.flatMap(({ ResourceStatusReason }) => ResourceStatusReason ?? []);
  return { stack: Stacks[0], reasons };
};
const projectOf = async () => {
  const { projects = [] } = await cloud
    .client(CodeBuildClient)
    .send(new BatchGetProjectsCommand({ names: ["app-build"] }));
  return projects[0];
};

describe("AWS::CodeBuild::Project", () => {
  it("is created, updated in place and deleted by a stack", async () => {
    const Capabilities = ["CAPABILITY_IAM" as const];
    const first = template({
      Description: "d",
      Cache: { Type: "LOCAL", Modes: ["LOCAL_CUSTOM_CACHE"] },
      TimeoutInMinutes: 10,
    });
    await stacks.send(new CreateStackCommand({ StackName: "app", TemplateBody: first, Capabilities }));
    const created = await settled();
    expect(created.stack?.StackStatus, created.reasons.join("; ")).toBe("CREATE_COMPLETE");
    expect(created.stack?.Outputs?.map(({ OutputValue }) => OutputValue)).toEqual([
      "app-build",
      "arn:aws:codebuild:us-east-1:123456789012:project/app-build",
    ]);
    expect(await projectOf()).toMatchObject({
      description: "d",
      source: { type: "CODEPIPELINE", buildspec: "buildspec-sam.yml" },
      environment: { environmentVariables: [{ name: "A", value: "b" }] },
      cache: { type: "LOCAL", modes: ["LOCAL_CUSTOM_CACHE"] },
      timeoutInMinutes: 10,
      tags: expect.arrayContaining([{ key: "aws:cloudformation:logical-id", value: "Project" }]),
    });
    await stacks.send(new UpdateStackCommand({ StackName: "app", TemplateBody: template({}), Capabilities }));
    const updated = await settled();
    expect(updated.stack?.StackStatus, updated.reasons.join("; ")).toBe("UPDATE_COMPLETE");
    expect(await projectOf()).toMatchObject({ description: "", cache: { type: "NO_CACHE" }, timeoutInMinutes: 60 });
    await stacks.send(new DeleteStackCommand({ StackName: "app" }));
    await cloud.tasks.idle();
    expect(await projectOf()).toBeUndefined();
  });

  it("refuses what is not built by its name", async () => {
    const TemplateBody = template({ Visibility: "PUBLIC_READ" });
    await stacks.send(new CreateStackCommand({ StackName: "app", TemplateBody, Capabilities: ["CAPABILITY_IAM"] }));
    const { stack, reasons } = await settled();
    expect(stack?.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(reasons.join("; ")).toContain("Visibility PUBLIC_READ of AWS::CodeBuild::Project");
  });
});
