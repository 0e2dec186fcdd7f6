import {
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteRouteRequestParameterCommand,
  GetRouteCommand,
  UpdateIntegrationCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiCloud, apiCloud } from "../dataPlane/executeApiFixture.ts";

let cloud: ApiCloud;

beforeAll(async () => {
  cloud = await apiCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const made = async (more: object = {}) => {
  const { ApiId } = await cloud.apis.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP", ...more }));
  return ApiId;
};

test("parameters of an integration change one by one, and go where they are given empty", async () => {
  const ApiId = await made();
  const { IntegrationId } = await cloud.apis.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "GET",
      IntegrationUri: "http://example.com",
      PayloadFormatVersion: "1.0",
      RequestParameters: { "append:header.a": "1", "append:header.b": "2" },
      ResponseParameters: { "404": { "append:header.a": "1" }, "500": { "overwrite:statuscode": "403" } },
    }),
  );
  const changed = await cloud.apis.send(
    new UpdateIntegrationCommand({
      ApiId,
      IntegrationId,
      RequestParameters: { "append:header.a": "", "append:header.c": "3" },
      ResponseParameters: { "404": {} },
    }),
  );
  expect(changed.RequestParameters).toEqual({ "append:header.b": "2", "append:header.c": "3" });
  expect(changed.ResponseParameters).toEqual({ "500": { "overwrite:statuscode": "403" } });
});

test("a stage's variables and its routes' settings change one by one", async () => {
  const ApiId = await made();
  const RouteSettings = { "GET /a": { ThrottlingRateLimit: 1 } };
  const StageName = "beta";
  await cloud.apis.send(
    new CreateStageCommand({ ApiId, StageName, StageVariables: { a: "1", b: "2" }, RouteSettings }),
  );
  const changed = await cloud.apis.send(
    new UpdateStageCommand({
      ApiId,
      StageName,
      StageVariables: { a: "", c: "3" },
      RouteSettings: { "GET /b": { ThrottlingRateLimit: 2 } },
    }),
  );
  expect(changed.StageVariables).toEqual({ b: "2", c: "3" });
  expect(changed.RouteSettings).toEqual({
    "GET /a": { ThrottlingRateLimit: 1 },
    "GET /b": { ThrottlingRateLimit: 2 },
  });
});

test("a WebSocket route loses one of its request parameters", async () => {
  const ApiId = await made({ ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" });
  const [a, b] = ["route.request.querystring.a", "route.request.header.b"];
  const { RouteId } = await cloud.apis.send(
    new CreateRouteCommand({
      ApiId,
      RouteKey: "$connect",
      RequestParameters: { [a]: { Required: true }, [b]: { Required: false } },
    }),
  );
  const remove = () =>
    cloud.apis.send(new DeleteRouteRequestParameterCommand({ ApiId, RouteId, RequestParameterKey: a }));
  await remove();
  const { RequestParameters } = await cloud.apis.send(new GetRouteCommand({ ApiId, RouteId }));
  expect(RequestParameters).toEqual({ [b]: { Required: false } });
  await expect(remove()).rejects.toMatchObject({ name: "NotFoundException" });
});
