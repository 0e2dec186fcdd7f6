import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  type CreateUsagePlanCommandInput,
  CreateUsagePlanKeyCommand,
} from "@aws-sdk/client-api-gateway";
import {
  CreateIntegrationCommand,
  CreateIntegrationResponseCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type SocketCloud, socketCloud } from "./socketFixture.ts";

let cloud: SocketCloud;
let keys: APIGatewayClient;

beforeEach(async () => {
  cloud = await socketCloud();
  keys = cloud.client(APIGatewayClient as never) as APIGatewayClient;
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** An API whose routes answer with the key; those that are named are only for those with a key. */
const keyedApi = async (keyed: readonly string[]) => {
  const ApiId = await cloud.socketApi();
  const { IntegrationId } = await cloud.apis.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: "MOCK",
      TemplateSelectionExpression: "default",
      RequestTemplates: { default: '{"statusCode": 200}' },
    }),
  );
  await cloud.apis.send(
    new CreateIntegrationResponseCommand({
      ApiId,
      IntegrationId,
      IntegrationResponseKey: "$default",
      TemplateSelectionExpression: "default",
      ResponseTemplates: { default: '{"key": "$context.identity.apiKey"}' },
    }),
  );
  for (const RouteKey of ["$connect", "x"]) {
    const { RouteId } = await cloud.apis.send(
      new CreateRouteCommand({
        ApiId,
        RouteKey,
        Target: `integrations/${IntegrationId}`,
        ApiKeyRequired: keyed.includes(RouteKey),
        RouteResponseSelectionExpression: "$default",
      }),
    );
    await cloud.apis.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: "$default" }));
  }
  await cloud.deploy(ApiId);
  return ApiId;
};

const plannedKey = async (apiId: string, limits: Partial<CreateUsagePlanCommandInput> = {}) => {
  const { id: keyId, value = "" } = await keys.send(new CreateApiKeyCommand({ enabled: true }));
  const plan = new CreateUsagePlanCommand({ name: "chat", apiStages: [{ apiId, stage: "live" }], ...limits });
  const { id: usagePlanId } = await keys.send(plan);
  await keys.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: "API_KEY" }));
  return value;
};

test("who connects needs a key that a plan of the stage knows", async () => {
  const api = await keyedApi(["$connect"]);
  const value = await plannedKey(api);
  const { value: unplanned = "" } = await keys.send(new CreateApiKeyCommand({ enabled: true }));
  expect((await cloud.connect(api)).status).toBe(403);
  expect((await cloud.connect(api, "", { "x-api-key": unplanned })).status).toBe(403);
  const { status, socket } = await cloud.connect(api, "", { "x-api-key": value });
  expect(status).toBeUndefined();
  socket.close();
});

test("a route may ask for the key that its connection came with", async () => {
  const api = await keyedApi(["x"]);
  const without = await cloud.connect(api);
  without.socket.send('{"action":"x"}');
  expect(JSON.parse(await without.next())).toMatchObject({ message: "Forbidden" });
  without.socket.close();
});

test("a plan's quota counts those who connect", async () => {
  const api = await keyedApi(["$connect"]);
  const value = await plannedKey(api, { quota: { limit: 1, period: "DAY" } });
  const { status, socket } = await cloud.connect(api, "", { "x-api-key": value });
  expect(status).toBeUndefined();
  socket.close();
  expect((await cloud.connect(api, "", { "x-api-key": value })).status).toBe(429);
});

test.each([
  [{ quota: { limit: 1, period: "DAY" } }, "Limit Exceeded"],
  [{ throttle: { rateLimit: 0.001, burstLimit: 1 } }, "Too Many Requests"],
] as const)("%o counts the messages to routes that ask for a key, and no others", async (limits, message) => {
  const api = await keyedApi(["x"]);
  const value = await plannedKey(api, limits);
  const { socket, next } = await cloud.connect(api, "", { "x-api-key": value });
  socket.send('{"action":"x"}');
  expect(JSON.parse(await next())).toEqual({ key: value });
  socket.send('{"action":"x"}');
  expect(JSON.parse(await next())).toMatchObject({ message });
  socket.close();
});

test("a plan is for no stage that is not there", async () => {
  const apiStages = [{ apiId: "nothing123", stage: "live" }];
  await expect(keys.send(new CreateUsagePlanCommand({ name: "chat", apiStages }))).rejects.toThrow(
    "Invalid API Stage {api: nothing123, stage: live} specified for usageplan",
  );
});
