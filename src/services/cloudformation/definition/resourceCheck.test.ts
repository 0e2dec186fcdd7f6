import { CreateStackCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import {
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";

const TOPIC = (size: string) => `Conditions: {Never: !Equals [a, b], Always: !Equals [a, a]}
Resources: {T: {Type: AWS::SNS::Topic, Properties: {MaximumMessageSize: ${size}}}}`;

describe("types that are not built", () => {
  it.each([
    ["{Fn::If: [Nope, a, b]}", "unresolved condition dependency Nope in Fn::If"],
    ["!GetAtt V.CidrBlock", "has not built the resource type AWS::EC2::VPC"],
  ])("are refused after what AWS refuses: %s", async (value, message) => {
    await using cloud = await testCloud();
    const TemplateBody = `Resources:
  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/24}}
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: ${value}}}`;
    await expect(stacksOf(cloud).cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody }))).rejects.toThrow(
      message,
    );
  });
});

describe("properties that are not built", () => {
  it("are refused by name and place before anything is made", async () => {
    await using cloud = await testCloud();
    const { cfn } = stacksOf(cloud);
    await expect(
      cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody: TOPIC("1024") })),
    ).rejects.toMatchObject({
      name: "NotImplemented",
      message: "aloft has not built AWS::SNS::Topic MaximumMessageSize (line 2, column 53) yet.",
    });
  });

  it("are named within others, in lists too", async () => {
    await using cloud = await testCloud();
    const { cfn } = stacksOf(cloud);
    const TemplateBody = `Resources:
  T:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      Replicas: [{Region: us-east-1, KinesisStreamSpecification: {StreamArn: a}}]`;
    await expect(cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody }))).rejects.toThrow(
      "has not built AWS::DynamoDB::GlobalTable Replicas.KinesisStreamSpecification (line 7, column 38) yet",
    );
  });

  it("fail the resource where only a condition tells that they are set", async () => {
    await using cloud = await testCloud();
    const stacks = stacksOf(cloud);
    await stacks.create("without", TOPIC("!If [Never, 1024, !Ref AWS::NoValue]"));
    expect((await stacks.stack("without"))?.StackStatus).toBe("CREATE_COMPLETE");
    await stacks.create("with", TOPIC("!If [Always, 1024, !Ref AWS::NoValue]"));
    expect((await stacks.events("with")).find((event) => event.startsWith("T CREATE_FAILED"))).toContain(
      "has not built AWS::SNS::Topic MaximumMessageSize yet",
    );
  });
});

const FUNCTION = (more: string) => `Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}}}
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: f, Runtime: nodejs22.x, Handler: index.handler, Role: !GetAtt Role.Arn, Code: {ZipFile: "exports.handler = async () => 1"}${more}}}
`;

it("a function is managed as its template says, and as by default when that says nothing any more", async () => {
  await using cloud = await testCloud();
  const stacks = stacksOf(cloud);
  const lambda = cloud.client(LambdaClient);
  const managed = async () => [
    (await lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName: "f" }))).RecursiveLoop,
    (await lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName: "f" }))).UpdateRuntimeOn,
  ];
  const Capabilities = ["CAPABILITY_IAM" as const];
  const more = ", RecursiveLoop: Allow, RuntimeManagementConfig: {UpdateRuntimeOn: FunctionUpdate}";
  await stacks.create("demo", FUNCTION(more), { Capabilities });
  expect(await managed()).toEqual(["Allow", "FunctionUpdate"]);
  await stacks.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: FUNCTION(""), Capabilities }));
  await cloud.tasks.idle();
  expect((await stacks.stack("demo"))?.StackStatus).toBe("UPDATE_COMPLETE");
  expect(await managed()).toEqual(["Terminate", "Auto"]);
});
