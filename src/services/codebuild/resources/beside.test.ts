import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { BatchGetReportGroupsCommand, CodeBuildClient, ListSourceCredentialsCommand } from "@aws-sdk/client-codebuild";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await testCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const template = (token: string, type: string) =>
  JSON.stringify({
    Resources: {
      Reports: {
        Type: "AWS::CodeBuild::ReportGroup",
        Properties: {
          Type: "TEST",
          Name: "unit",
          DeleteReports: true,
          ExportConfig: { ExportConfigType: type, ...(type === "S3" ? { S3Destination: { Bucket: "b" } } : {}) },
        },
      },
      Token: {
        Type: "AWS::CodeBuild::SourceCredential",
        Properties: { AuthType: "PERSONAL_ACCESS_TOKEN", ServerType: "GITHUB", Token: token },
      },
    },
    Outputs: { Group: { Value: { Ref: "Reports" } }, Token: { Value: { "Fn::GetAtt": ["Token", "Arn"] } } },
  });

it("report groups and source credentials come and go with a stack", async () => {
  const stacks = cloud.client(CloudFormationClient);
  const client = cloud.client(CodeBuildClient);
  await stacks.send(new CreateStackCommand({ StackName: "app", TemplateBody: template("one", "NO_EXPORT") }));
  await cloud.tasks.idle();
  const { Stacks = [] } = await stacks.send(new DescribeStacksCommand({ StackName: "app" }));
  expect(Stacks[0]?.StackStatus).toBe("CREATE_COMPLETE");
  const arn = "arn:aws:codebuild:us-east-1:123456789012:report-group/unit";
  expect(Stacks[0]?.Outputs?.map(({ OutputValue }) => OutputValue).sort()).toEqual([
    arn,
    "arn:aws:codebuild:us-east-1:123456789012:token/github",
  ]);
  await stacks.send(new UpdateStackCommand({ StackName: "app", TemplateBody: template("two", "S3") }));
  await cloud.tasks.idle();
  const groups = async () => client.send(new BatchGetReportGroupsCommand({ reportGroupArns: [arn] }));
  expect((await groups()).reportGroups?.[0]?.exportConfig).toMatchObject({
    exportConfigType: "S3",
    s3Destination: { bucket: "b" },
  });
  await stacks.send(new DeleteStackCommand({ StackName: "app" }));
  await cloud.tasks.idle();
  expect((await groups()).reportGroupsNotFound).toEqual([arn]);
  expect((await client.send(new ListSourceCredentialsCommand({}))).sourceCredentialsInfos).toEqual([]);
});
