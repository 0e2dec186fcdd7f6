import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CodeDeployClient, GetDeploymentGroupCommand, ListApplicationsCommand } from "@aws-sdk/client-codedeploy";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const template = (events: readonly string[]) =>
  JSON.stringify({
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
  const cloudFormation = cloud.client(CloudFormationClient);
  const client = cloud.client(CodeDeployClient);
  const StackName = "app";
  await cloudFormation.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: template(["DEPLOYMENT_FAILURE"]),
      Capabilities: ["CAPABILITY_IAM"],
    }),
  );
  await cloud.tasks.idle();
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.StackStatus).toBe("CREATE_COMPLETE");
  const [applicationName, config, deploymentGroupName] = (Stacks?.[0]?.Outputs ?? []).map(
    ({ OutputValue }) => OutputValue,
  );
  const group = async () =>
    (await client.send(new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }))).deploymentGroupInfo;
  expect(await group()).toMatchObject({
    deploymentConfigName: config,
    autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] },
  });
  const TemplateBody = template(["DEPLOYMENT_STOP_ON_ALARM"]);
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities: ["CAPABILITY_IAM"] }));
  await cloud.tasks.idle();
  expect((await group())?.autoRollbackConfiguration?.events).toEqual(["DEPLOYMENT_STOP_ON_ALARM"]);
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  await cloud.tasks.idle();
  expect((await client.send(new ListApplicationsCommand({}))).applications).toEqual([]);
});
