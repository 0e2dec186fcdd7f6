import { BatchGetProjectsCommand, CodeBuildClient } from "@aws-sdk/client-codebuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

let cloud: TestCloud;
let stack: ReturnType<typeof stackOf>;
beforeEach(async () => {
  cloud = await testCloud();
  stack = stackOf(cloud, "app", ["CAPABILITY_IAM"]);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const template = (more: object) => ({
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "codebuild.amazonaws.com" }, Action: "sts:AssumeRole" }],
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

const projectOf = async () => {
  const { projects = [] } = await cloud
    .client(CodeBuildClient)
    .send(new BatchGetProjectsCommand({ names: ["app-build"] }));
  return projects[0];
};

describe("AWS::CodeBuild::Project", () => {
  it("is created, updated in place and deleted by a stack", async () => {
    const first = template({
      Description: "d",
      Cache: { Type: "LOCAL", Modes: ["LOCAL_CUSTOM_CACHE"] },
      TimeoutInMinutes: 10,
    });
    const created = await stack.create(first);
    expect(created.status, created.reasons.join("; ")).toBe("CREATE_COMPLETE");
    expect(created.outputs).toEqual({
      Name: "app-build",
      Arn: "arn:aws:codebuild:us-east-1:123456789012:project/app-build",
    });
    expect(await projectOf()).toMatchObject({
      description: "d",
      source: { type: "CODEPIPELINE", buildspec: "buildspec-sam.yml" },
      environment: { environmentVariables: [{ name: "A", value: "b" }] },
      cache: { type: "LOCAL", modes: ["LOCAL_CUSTOM_CACHE"] },
      timeoutInMinutes: 10,
      tags: expect.arrayContaining([{ key: "aws:cloudformation:logical-id", value: "Project" }]),
    });
    const updated = await stack.update(template({}));
    expect(updated.status, updated.reasons.join("; ")).toBe("UPDATE_COMPLETE");
    expect(await projectOf()).toMatchObject({ description: "", cache: { type: "NO_CACHE" }, timeoutInMinutes: 60 });
    await stack.delete();
    expect(await projectOf()).toBeUndefined();
  });

  it("refuses what is not built by its name", async () => {
    const { status, reasons } = await stack.create(template({ Visibility: "PUBLIC_READ" }));
    expect(status).toBe("ROLLBACK_COMPLETE");
    expect(reasons.join("; ")).toContain("Visibility PUBLIC_READ of AWS::CodeBuild::Project");
  });
});
