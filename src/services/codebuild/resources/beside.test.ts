import {
  BatchGetFleetsCommand,
  BatchGetReportGroupsCommand,
  CodeBuildClient,
  ListSourceCredentialsCommand,
} from "@aws-sdk/client-codebuild";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await testCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const template = (token: string, type: string) => ({
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
    Fleet: {
      Type: "AWS::CodeBuild::Fleet",
      Properties: {
        Name: "machines",
        BaseCapacity: type === "S3" ? 2 : 1,
        EnvironmentType: "LINUX_CONTAINER",
        ComputeType: "ATTRIBUTE_BASED_COMPUTE",
        ComputeConfiguration: { vCpu: 2, memory: 4 },
        FleetProxyConfiguration: { DefaultBehavior: "ALLOW_ALL" },
      },
    },
    Token: {
      Type: "AWS::CodeBuild::SourceCredential",
      Properties: { AuthType: "PERSONAL_ACCESS_TOKEN", ServerType: "GITHUB", Token: token },
    },
  },
  Outputs: { Group: { Value: { Ref: "Reports" } }, Token: { Value: { "Fn::GetAtt": ["Token", "Arn"] } } },
});

it("report groups, fleets and source credentials come and go with a stack", async () => {
  const stack = stackOf(cloud);
  const client = cloud.client(CodeBuildClient);
  const { status, outputs } = await stack.create(template("one", "NO_EXPORT"));
  expect(status).toBe("CREATE_COMPLETE");
  const arn = "arn:aws:codebuild:us-east-1:123456789012:report-group/unit";
  expect(outputs).toEqual({ Group: arn, Token: "arn:aws:codebuild:us-east-1:123456789012:token/github" });
  await stack.update(template("two", "S3"));
  const groups = async () => client.send(new BatchGetReportGroupsCommand({ reportGroupArns: [arn] }));
  expect((await groups()).reportGroups?.[0]?.exportConfig).toMatchObject({
    exportConfigType: "S3",
    s3Destination: { bucket: "b" },
  });
  const fleet = async () => (await client.send(new BatchGetFleetsCommand({ names: ["machines"] }))).fleets?.[0];
  expect(await fleet()).toMatchObject({
    baseCapacity: 2,
    computeConfiguration: { vCpu: 2, memory: 4 },
    proxyConfiguration: { defaultBehavior: "ALLOW_ALL" },
  });
  await stack.delete();
  expect(await fleet()).toBeUndefined();
  expect((await groups()).reportGroupsNotFound).toEqual([arn]);
  expect((await client.send(new ListSourceCredentialsCommand({}))).sourceCredentialsInfos).toEqual([]);
});
