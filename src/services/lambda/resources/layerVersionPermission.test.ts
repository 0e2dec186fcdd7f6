import { GetLayerVersionPolicyCommand, LambdaClient, PublishLayerVersionCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";
import { zipped } from "../testLambda.ts";

test("a layer's version is lent to others as long as the stack is there", async () => {
  await using cloud = await testCloud();
  const lambda = cloud.client(LambdaClient);
  const ZipFile = await zipped({ "readme.txt": "shared" });
  const published = await lambda.send(new PublishLayerVersionCommand({ LayerName: "shared", Content: { ZipFile } }));
  const LayerVersionArn = published.LayerVersionArn ?? "";
  const stack = stackOf(cloud);
  const Properties = {
    LayerVersionArn,
    Action: "lambda:GetLayerVersion",
    Principal: "*",
    OrganizationId: "o-abcdefghij",
  };
  const { outputs } = await stack.create({
    Resources: { Lent: { Type: "AWS::Lambda::LayerVersionPermission", Properties } },
    Outputs: { Id: { Value: { "Fn::GetAtt": ["Lent", "Id"] } } },
  });
  const asked = { LayerName: "shared", VersionNumber: 1 };
  const { Policy = "" } = await lambda.send(new GetLayerVersionPolicyCommand(asked));
  const [statement] = JSON.parse(Policy).Statement;
  expect(statement).toMatchObject({
    Principal: "*",
    Action: "lambda:GetLayerVersion",
    Resource: LayerVersionArn,
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
  });
  expect(outputs["Id"]).toBe(`${LayerVersionArn}#${statement.Sid}`);
  await stack.delete();
  await expect(lambda.send(new GetLayerVersionPolicyCommand(asked))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
