import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import {
  CreateApiCommand,
  CreateApiMappingCommand,
  CreateDomainNameCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
  UpdateApiCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHello } from "../../../lambda/testLambda.ts";
import { FUNCTION } from "../executeApiFixture.ts";
import { type SocketCloud, socketCloud } from "./socketFixture.ts";

let cloud: SocketCloud;

beforeEach(async () => {
  cloud = await socketCloud();
  await cloud.apis.send(new CreateDomainNameCommand({ DomainName, DomainNameConfigurations: [{}] }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const DomainName = "chat.example.com";
const host = `${DomainName}.localhost:4566`;
const CODE = `export const handler = async (event) =>
  ({ statusCode: 200, body: JSON.stringify([event.requestContext.connectionId, event.requestContext.domainName]) })`;

const map = (ApiId: string, Stage: string, ApiMappingKey: string) =>
  cloud.apis.send(new CreateApiMappingCommand({ DomainName, ApiId, Stage, ApiMappingKey }));

/** A WebSocket API that answers every message with its connection. */
const answeringApi = async () => {
  await createHello(cloud.lambda, CODE);
  await cloud.allow();
  const ApiId = await cloud.socketApi();
  const integration = { IntegrationType: "AWS_PROXY", IntegrationUri: FUNCTION } as const;
  const { IntegrationId } = await cloud.apis.send(new CreateIntegrationCommand({ ApiId, ...integration }));
  const answering = { RouteKey: "$default", RouteResponseSelectionExpression: "$default" };
  const { RouteId } = await cloud.apis.send(
    new CreateRouteCommand({ ApiId, ...answering, Target: `integrations/${IntegrationId}` }),
  );
  await cloud.apis.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: "$default" }));
  await cloud.deploy(ApiId);
  return ApiId;
};

test("clients connect at a custom domain, and are reached there", async () => {
  const ApiId = await answeringApi();
  await cloud.apis.send(new UpdateApiCommand({ ApiId, DisableExecuteApiEndpoint: true }));
  expect((await cloud.connect(ApiId, "", { host })).status).toBe(403);
  await map(ApiId, "live", "live");
  expect((await cloud.connect(ApiId)).status).toBe(403);
  const { status, socket, next, closed } = await cloud.connect(ApiId, "", { host });
  expect(status).toBeUndefined();
  socket.send("who am I?");
  const [ConnectionId, domainName] = JSON.parse(await next());
  expect(domainName).toBe(host);
  const client = new ApiGatewayManagementApiClient({
    region: "us-east-1",
    endpoint: `http://${host}/live`,
    credentials: cloud.credentials,
    requestHandler: cloud.requestHandler,
    maxAttempts: 1,
  });
  await client.send(new PostToConnectionCommand({ ConnectionId, Data: "hello" }));
  expect(await next()).toBe("hello");
  await client.send(new DeleteConnectionCommand({ ConnectionId }));
  expect(await closed).toBe(1000);
});

test("a domain has WebSocket APIs alone, or none", async () => {
  const ApiId = await answeringApi();
  await map(ApiId, "live", "");
  const { ApiId: http = "" } = await cloud.apis.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP" }));
  await cloud.apis.send(new CreateStageCommand({ ApiId: http, StageName: "$default" }));
  await expect(map(http, "$default", "shop")).rejects.toThrow(
    "WebSocket APIs can only be attached to a domain name with other WebSocket APIs",
  );
});
