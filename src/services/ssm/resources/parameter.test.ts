import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { DescribeParametersCommand, GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const template = (Value: string) =>
  JSON.stringify({
    Resources: { P: { Type: "AWS::SSM::Parameter", Properties: { Name: "/app/p", Type: "String", Value } } },
    Outputs: { Name: { Value: { Ref: "P" } }, Value: { Value: { "Fn::GetAtt": ["P", "Value"] } } },
  });

test("a parameter comes, changes and goes with its stack", async () => {
  await using cloud = await testCloud();
  const cloudFormation = cloud.client(CloudFormationClient);
  const ssm = cloud.client(SSMClient);
  const StackName = "app";
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: template("one") }));
  await cloud.tasks.idle();
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.Outputs?.map(({ OutputValue }) => OutputValue)).toEqual(["/app/p", "one"]);
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: template("two") }));
  await cloud.tasks.idle();
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/app/p" }));
  expect([Parameter?.Value, Parameter?.Version]).toEqual(["two", 2]);
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  await cloud.tasks.idle();
  expect((await ssm.send(new DescribeParametersCommand({}))).Parameters).toEqual([]);
});
