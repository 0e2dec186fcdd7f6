import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CodeDeployClient, ListDeploymentsCommand } from "@aws-sdk/client-codedeploy";
import { GetAliasCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../socket/clouds.ts";
import { type BuiltCloud, startBuilt } from "./builtCloud.ts";
import { until } from "./until.ts";

const CANARY_MS = 30 * 60_000;

const template = (answer: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Answers:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs20.x
      Handler: index.handler
      InlineCode: 'exports.handler = async () => "${answer}";'
      AutoPublishAlias: live
      DeploymentPreference: { Type: Canary10Percent30Minutes }
`;
const stackOf = (answer: string) => ({
  StackName: "app",
  TemplateBody: template(answer),
  Capabilities: ["CAPABILITY_IAM" as const, "CAPABILITY_AUTO_EXPAND" as const],
});

const statusOf = async (cloud: BuiltCloud) => {
  const client = cloud.client(CloudFormationClient);
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: "app" }));
  return Stacks[0]?.StackStatus ?? "";
};
const reached = (cloud: BuiltCloud) =>
  until(async () => {
    const status = await statusOf(cloud);
    return status.endsWith("_IN_PROGRESS") ? undefined : status;
  });
const aliasOf = async (cloud: BuiltCloud) => {
  const { StackResourceSummaries = [] } = await cloud
    .client(CloudFormationClient)
    .send(new ListStackResourcesCommand({ StackName: "app" }));
  const FunctionName = StackResourceSummaries.find(
    ({ ResourceType }) => ResourceType === "AWS::Lambda::Function",
  )?.PhysicalResourceId;
  return cloud.client(LambdaClient).send(new GetAliasCommand({ FunctionName, Name: "live" }));
};

test("a stack waits for the canary that it had begun when the cloud was killed", { timeout: 180_000 }, async () => {
  using folder = temporaryDirectory();
  const killed = await startBuilt(folder.path);
  await killed.client(CloudFormationClient).send(new CreateStackCommand(stackOf("old")));
  expect(await reached(killed)).toBe("CREATE_COMPLETE");
  await killed.client(CloudFormationClient).send(new UpdateStackCommand(stackOf("new")));
  await until(async () => (await aliasOf(killed)).RoutingConfig?.AdditionalVersionWeights?.["2"]);
  await killed.end("SIGKILL");

  const cloud = await startBuilt(folder.path);
  try {
    await cloud.advance(CANARY_MS);
    expect(await reached(cloud)).toBe("UPDATE_COMPLETE");
    expect(await aliasOf(cloud)).toMatchObject({ FunctionVersion: "2" });
    const { deployments } = await cloud.client(CodeDeployClient).send(new ListDeploymentsCommand({}));
    expect(deployments).toHaveLength(1);
  } finally {
    await cloud.end("SIGTERM");
  }
});
