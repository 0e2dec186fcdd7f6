import {
  ApiGatewayV2Client,
  GetApisCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const TARGET = { Target: "https://shop.example.com" };

const template = (overrides: object | undefined, quick: object = TARGET) => ({
  Resources: {
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "shop", ProtocolType: "HTTP", ...quick } },
    ...(overrides && {
      Overrides: {
        Type: "AWS::ApiGatewayV2::ApiGatewayManagedOverrides",
        Properties: { ApiId: { Ref: "Api" }, ...overrides },
      },
    }),
  },
});

test("what quick create makes is as a template says, and as it was once it says nothing", async () => {
  await using cloud = await testCloud();
  const apis = cloud.client(ApiGatewayV2Client);
  const stack = stackOf(cloud);
  const made = async () => {
    const ApiId = (await apis.send(new GetApisCommand({}))).Items?.[0]?.ApiId;
    const [integration] = (await apis.send(new GetIntegrationsCommand({ ApiId }))).Items ?? [];
    const [route] = (await apis.send(new GetRoutesCommand({ ApiId }))).Items ?? [];
    const stage = await apis.send(new GetStageCommand({ ApiId, StageName: "$default" }));
    return [integration?.TimeoutInMillis, route?.AuthorizationType, stage.AutoDeploy, stage.StageVariables ?? {}];
  };
  const overridden = {
    Integration: { TimeoutInMillis: 5000 },
    Route: { AuthorizationType: "AWS_IAM" },
    Stage: { AutoDeploy: false, StageVariables: { colour: "red" } },
  };
  await stack.create(template(overridden));
  expect(await made()).toEqual([5000, "AWS_IAM", false, { colour: "red" }]);
  await stack.update(template({ Route: { AuthorizationType: "AWS_IAM" } }));
  expect(await made()).toEqual([30_000, "AWS_IAM", true, {}]);
  await stack.update(template(undefined));
  expect(await made()).toEqual([30_000, "NONE", true, {}]);
});

test("an API of which quick create made nothing has nothing to override", async () => {
  await using cloud = await testCloud();
  const { status, reasons } = await stackOf(cloud).create(template({ Stage: { AutoDeploy: false } }, {}));
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join()).toContain("has nothing that quick create made");
});
