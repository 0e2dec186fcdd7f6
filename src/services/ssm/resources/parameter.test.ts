import { DescribeParametersCommand, GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (Value: string) => ({
  Resources: { P: { Type: "AWS::SSM::Parameter", Properties: { Name: "/app/p", Type: "String", Value } } },
  Outputs: { Name: { Value: { Ref: "P" } }, Value: { Value: { "Fn::GetAtt": ["P", "Value"] } } },
});

test("a parameter comes, changes and goes with its stack", async () => {
  await using cloud = await testCloud();
  const ssm = cloud.client(SSMClient);
  const stack = stackOf(cloud);
  const { outputs } = await stack.create(template("one"));
  expect(outputs).toEqual({ Name: "/app/p", Value: "one" });
  await stack.update(template("two"));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/app/p" }));
  expect([Parameter?.Value, Parameter?.Version]).toEqual(["two", 2]);
  await stack.delete();
  expect((await ssm.send(new DescribeParametersCommand({}))).Parameters).toEqual([]);
});
