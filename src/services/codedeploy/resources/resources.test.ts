import { CodeDeployClient, GetDeploymentGroupCommand, ListApplicationsCommand } from "@aws-sdk/client-codedeploy";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (events: readonly string[]) => ({
  Resources: {
    App: { Type: "AWS::CodeDeploy::Application", Properties: { ComputePlatform: "Lambda" } },
    Config: {
      Type: "AWS::CodeDeploy::DeploymentConfig",
      Properties: {
        ComputePlatform: "Lambda",
        TrafficRoutingConfig: {
          Type: "TimeBasedCanary",
          TimeBasedCanary: { CanaryInterval: 1, CanaryPercentage: 50 },
        },
      },
    },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "codedeploy.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        },
      },
    },
    Group: {
      Type: "AWS::CodeDeploy::DeploymentGroup",
      Properties: {
        ApplicationName: { Ref: "App" },
        DeploymentConfigName: { Ref: "Config" },
        ServiceRoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
        AutoRollbackConfiguration: { Enabled: true, Events: events },
      },
    },
  },
  Outputs: {
    App: { Value: { Ref: "App" } },
    Config: { Value: { Ref: "Config" } },
    Group: { Value: { Ref: "Group" } },
  },
});

test("an application, its configuration and its group come, change and go with their stack", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(CodeDeployClient);
  const stack = stackOf(cloud, "app", ["CAPABILITY_IAM"]);
  const { status, outputs } = await stack.create(template(["DEPLOYMENT_FAILURE"]));
  expect(status).toBe("CREATE_COMPLETE");
  const { App: applicationName, Config: config, Group: deploymentGroupName } = outputs;
  const group = async () =>
    (await client.send(new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }))).deploymentGroupInfo;
  expect(await group()).toMatchObject({
    deploymentConfigName: config,
    autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] },
  });
  await stack.update(template(["DEPLOYMENT_STOP_ON_ALARM"]));
  expect((await group())?.autoRollbackConfiguration?.events).toEqual(["DEPLOYMENT_STOP_ON_ALARM"]);
  await stack.delete();
  expect((await client.send(new ListApplicationsCommand({}))).applications).toEqual([]);
});
