import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
} from "@aws-sdk/client-api-gateway";
import { CreateIntegrationCommand, CreateRouteCommand, CreateRouteResponseCommand } from "@aws-sdk/client-apigatewayv2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type SocketCloud, socketCloud } from "./socketFixture.ts";

let cloud: SocketCloud;
let keys: APIGatewayClient;

beforeEach(async () => {
  cloud = await socketCloud();
  keys = cloud.client(APIGatewayClient as never) as APIGatewayClient;
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** An API whose routes answer with the key's id; those that are named are only for those with a key. */
const keyedApi = async (keyed: readonly string[]) => {
  const ApiId = await cloud.socketApi();
  const { IntegrationId } = await cloud.apis.send(new CreateIntegrationCommand({ ApiId, IntegrationType: "MOCK" }));
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

const plannedKey = async (apiId: string) => {
  const { id: keyId, value = "" } = await keys.send(new CreateApiKeyCommand({ enabled: true }));
  const plan = new CreateUsagePlanCommand({ name: "chat", apiStages: [{ apiId, stage: "live" }] });
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

test("a plan is for no stage that is not there", async () => {
  const apiStages = [{ apiId: "nothing123", stage: "live" }];
  await expect(keys.send(new CreateUsagePlanCommand({ name: "chat", apiStages }))).rejects.toThrow(
    "Invalid API Stage {api: nothing123, stage: live} specified for usageplan",
  );
});
