import { APIGatewayClient, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import type { Capability } from "@aws-sdk/client-cloudformation";
import { expect, test } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

/** A function behind a REST API, as SAM's users write it. */
const template = (answer: string, path = "facts") => ({
  Transform: "AWS::Serverless-2016-10-31",
  Globals: { Api: { Cors: "'*'", BinaryMediaTypes: ["image~1png"], EndpointConfiguration: "REGIONAL" } },
  Resources: {
    Hello: {
      Type: "AWS::Serverless::Function",
      Properties: {
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        InlineCode: `exports.handler = async (event) => ({ statusCode: 200, body: event.resource + event.path + "${answer}" })`,
        Events: { Get: { Type: "Api", Properties: { Path: `/${path}/{id}`, Method: "get" } } },
      },
    },
  },
  Outputs: {
    Url: {
      Value: { "Fn::Sub": "https://${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com/Prod/facts/1/" },
    },
  },
});

/** The same by hand, without SAM: a mock on a resource. */
const plain = (color: string) => ({
  Resources: {
    Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "plain", Description: color } },
    Item: {
      Type: "AWS::ApiGateway::Resource",
      Properties: {
        RestApiId: { Ref: "Api" },
        ParentId: { "Fn::GetAtt": ["Api", "RootResourceId"] },
        PathPart: "item",
      },
    },
    Get: {
      Type: "AWS::ApiGateway::Method",
      Properties: {
        RestApiId: { Ref: "Api" },
        ResourceId: { Ref: "Item" },
        HttpMethod: "GET",
        AuthorizationType: "NONE",
        MethodResponses: [{ StatusCode: "200" }],
        Integration: {
          Type: "MOCK",
          RequestTemplates: { "application/json": '{"statusCode": 200}' },
          IntegrationResponses: [{ StatusCode: "200", ResponseTemplates: { "application/json": '{"ok":true}' } }],
        },
      },
    },
    Deployment: { Type: "AWS::ApiGateway::Deployment", DependsOn: "Get", Properties: { RestApiId: { Ref: "Api" } } },
    Stage: {
      Type: "AWS::ApiGateway::Stage",
      Properties: {
        RestApiId: { Ref: "Api" },
        DeploymentId: { Ref: "Deployment" },
        StageName: "v1",
        Variables: { color },
        MethodSettings: [{ ResourcePath: "/*", HttpMethod: "*", ThrottlingRateLimit: 5 }],
      },
    },
    Account: { Type: "AWS::ApiGateway::Account", Properties: {} },
    Thing: {
      Type: "AWS::ApiGateway::Model",
      Properties: { RestApiId: { Ref: "Api" }, ContentType: "application/json", Schema: { type: "object" } },
    },
    Validator: {
      Type: "AWS::ApiGateway::RequestValidator",
      Properties: { RestApiId: { Ref: "Api" }, ValidateRequestParameters: true },
    },
    Refused: {
      Type: "AWS::ApiGateway::GatewayResponse",
      Properties: {
        RestApiId: { Ref: "Api" },
        ResponseType: "DEFAULT_4XX",
        StatusCode: color === "red" ? "404" : "410",
      },
    },
  },
  Outputs: { Url: { Value: { "Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.amazonaws.com/v1/item" } } },
});
const CAPABILITIES: Capability[] = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"];

const asking =
  (cloud: TestCloud) =>
  (url: string, method = "GET") => {
    const { host, pathname: path } = new URL(url);
    return ask(cloud, { method, host, path });
  };

test("a SAM application with an Api event goes up, answers, changes, and goes without a trace", async () => {
  await using cloud = await testCloud();
  const stack = stackOf(cloud, "app", CAPABILITIES);
  const request = asking(cloud);
  const apis = cloud.client(APIGatewayClient);
  const { status, reasons, outputs } = await stack.create(template("!"));
  expect([status, reasons]).toEqual(["CREATE_COMPLETE", []]);
  const url = outputs["Url"] ?? "";
  expect(url).toMatch(/^http:\/\/[a-z0-9]{10}\.execute-api\.localhost:4566\/Prod\/facts\/1\/$/);
  expect(await request(url)).toMatchObject({ status: 200, text: "/facts/{id}/facts/1/!" });
  expect(await request(url, "OPTIONS")).toMatchObject({
    status: 200,
    headers: { "access-control-allow-origin": "*", "access-control-allow-methods": "GET,OPTIONS" },
    text: "{}\n",
  });
  expect(await request(url.replace("facts", "nothing"))).toMatchObject({
    status: 403,
    text: '{"message":"Missing Authentication Token"}',
  });
  expect((await apis.send(new GetRestApisCommand({}))).items).toMatchObject([
    { name: "app", binaryMediaTypes: ["image/png"], endpointConfiguration: { types: ["REGIONAL"] } },
  ]);
  expect((await stack.update(template("?"))).status).toBe("UPDATE_COMPLETE");
  expect((await request(url)).text).toBe("/facts/{id}/facts/1/?");
  expect((await stack.update(template("?", "truths"))).status).toBe("UPDATE_COMPLETE");
  expect((await request(url)).status).toBe(403);
  expect((await request(url.replace("facts", "truths"))).text).toBe("/truths/{id}/truths/1/?");
  await stack.delete();
  expect((await apis.send(new GetRestApisCommand({}))).items).toEqual([]);
});

test("every resource type goes up, changes in place, and goes", async () => {
  await using cloud = await testCloud();
  const stack = stackOf(cloud, "app", CAPABILITIES);
  const request = asking(cloud);
  const apis = cloud.client(APIGatewayClient);
  const { status, reasons, outputs } = await stack.create(plain("red"));
  expect([status, reasons]).toEqual(["CREATE_COMPLETE", []]);
  const url = outputs["Url"] ?? "";
  expect(await request(url)).toMatchObject({ status: 200, text: '{"ok":true}' });
  expect((await stack.update(plain("blue"))).status).toBe("UPDATE_COMPLETE");
  const { items = [] } = await apis.send(new GetRestApisCommand({}));
  expect(items).toMatchObject([{ name: "plain", description: "blue" }]);
  await stack.delete();
  expect((await apis.send(new GetRestApisCommand({}))).items).toEqual([]);
});
