import { APIGatewayClient, GetApiKeyCommand, GetStageCommand, GetUsagePlanCommand } from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (description: string, tag: string) => `Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: api}}
  Get:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, Integration: {Type: MOCK}}
  Deployment:
    Type: AWS::ApiGateway::Deployment
    DependsOn: Get
    Properties: {RestApiId: !Ref Api, StageName: live, StageDescription: ${description}}
  Key:
    Type: AWS::ApiGateway::ApiKey
    DependsOn: Deployment
    Properties: {Name: key, StageKeys: [{RestApiId: !Ref Api, StageName: live}], Tags: [{Key: team, Value: ${tag}}]}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {UsagePlanName: plan, Tags: [{Key: team, Value: ${tag}}]}}
Outputs:
  Api: {Value: !Ref Api}
  Key: {Value: !Ref Key}
  Plan: {Value: !Ref Plan}
`;

test("the stage that comes with a deployment has what its description says, and all tags change in place", async () => {
  await using cloud = await testCloud();
  const gateway = cloud.client(APIGatewayClient);
  const stack = stackOf(cloud);
  const { outputs } = await stack.create(
    template("{Description: first, MetricsEnabled: true, Variables: {a: '1'}, Tags: [{Key: kind, Value: x}]}", "a"),
  );
  const live = () => gateway.send(new GetStageCommand({ restApiId: outputs["Api"], stageName: "live" }));
  const tags = async () => [
    (await gateway.send(new GetApiKeyCommand({ apiKey: outputs["Key"] }))).tags?.["team"],
    (await gateway.send(new GetUsagePlanCommand({ usagePlanId: outputs["Plan"] }))).tags?.["team"],
  ];
  expect(await live()).toMatchObject({
    description: "first",
    variables: { a: "1" },
    methodSettings: { "*/*": { metricsEnabled: true } },
    tags: { kind: "x" },
  });
  expect(await tags()).toEqual(["a", "a"]);
  await stack.update(
    template(
      "{Description: second, MethodSettings: [{ResourcePath: /*, HttpMethod: GET, ThrottlingBurstLimit: 5}]}",
      "b",
    ),
  );
  const after = await live();
  expect(after).toMatchObject({ description: "second", methodSettings: { "*/GET": { throttlingBurstLimit: 5 } } });
  expect(after.variables ?? {}).toEqual({});
  expect(after.tags).not.toHaveProperty("kind");
  expect(await tags()).toEqual(["b", "b"]);
});
