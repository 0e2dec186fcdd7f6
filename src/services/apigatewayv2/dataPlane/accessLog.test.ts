import {
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  GetRoutesCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { RemovePermissionCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, type TestCloud } from "../../../../test/harness.ts";
import { whileTimePasses } from "../../../../test/whileTimePasses.ts";
import { createTimeouts } from "../../../kernel/timeouts.ts";
import { accessLine } from "./accessLog.ts";
import { type ApiCloud, apiCloud, FUNCTION } from "./executeApiFixture.ts";
import { socketCloud } from "./webSocket/socketFixture.ts";

/** What a log group of access logs tells, once it has been asked for these variables. */
const accessLog = async ({ client, apis, tasks }: Pick<TestCloud, "client" | "tasks"> & Pick<ApiCloud, "apis">) => {
  const logs = client(CloudWatchLogsClient as never) as CloudWatchLogsClient;
  await logs.send(new CreateLogGroupCommand({ logGroupName: "access" }));
  return {
    of: (ApiId: string, StageName: string, variables: readonly string[]) =>
      apis.send(
        new UpdateStageCommand({
          ApiId,
          StageName,
          AccessLogSettings: {
            DestinationArn: `arn:aws:logs:us-east-1:${TEST_ACCOUNT}:log-group:access`,
            Format: variables.map((name) => `$context.${name}`).join(" "),
          },
        }),
      ),
    lines: async () => {
      await tasks.idle();
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: "access" }));
      return events.map(({ message }) => message);
    },
  };
};

test("a request of an HTTP API, and what became of it", async () => {
  await using cloud = await apiCloud();
  const log = await accessLog(cloud);
  const code = `export const handler = async (event) => {
    if (event.rawPath === "/broken") throw new Error("no");
    return { statusCode: 201, body: "made" };
  }`;
  const id = await cloud.api(["GET /items", "GET /broken"], { code });
  await log.of(id, "$default", [
    "httpMethod",
    "routeKey",
    "status",
    "responseLength",
    "integrationStatus",
    "integration.status",
    "error.message",
    "integrationErrorMessage",
    "nothing",
  ]);
  await cloud.request(id, "/items");
  await cloud.request(id, "/broken");
  await cloud.request(id, "/other");
  expect(await log.lines()).toEqual([
    "GET GET /items 201 4 200 201 - - -",
    expect.stringMatching(/^GET GET \/broken 500 \d+ 500 500 Internal Server Error The Lambda function returned .+ -$/),
    "GET - 404 23 - - Not Found - -",
  ]);
});

test("what a Lambda authorizer told, and why it had no answer", async () => {
  await using cloud = await apiCloud();
  const log = await accessLog(cloud);
  const code = `export const handler = async (event) => {
    if (event.type !== "REQUEST") return "made";
    const [token] = event.identitySource;
    if (token === "broken") throw new Error("no");
    if (token === "slow") await new Promise((resolve) => setTimeout(resolve, 60_000));
    return token === "odd" ? { isAuthorized: "yes" } : { isAuthorized: token === "good", principalId: "anna", context: { tier: 1, token } };
  }`;
  const ApiId = await cloud.api(["GET /items"], { code });
  const { AuthorizerId } = await cloud.apis.send(
    new CreateAuthorizerCommand({
      ApiId,
      Name: "guard",
      AuthorizerType: "REQUEST",
      IdentitySource: ["$request.header.authorization"],
      AuthorizerUri: FUNCTION,
      AuthorizerPayloadFormatVersion: "2.0",
      EnableSimpleResponses: true,
    }),
  );
  const { Items: [route] = [] } = await cloud.apis.send(new GetRoutesCommand({ ApiId }));
  await cloud.apis.send(
    new UpdateRouteCommand({ ApiId, RouteId: route?.RouteId, AuthorizationType: "CUSTOM", AuthorizerId }),
  );
  await log.of(ApiId, "$default", ["status", "authorizer.principalId", "authorizer.token", "authorizer.error"]);
  for (const authorization of ["good", "good", "bad", "odd", "broken"])
    await cloud.request(ApiId, "/items", { headers: { authorization } });
  const room = (await cloud.rooms.open("apigatewayv2", TEST_ACCOUNT, TEST_REGION))?.room.room ?? {};
  Object.assign(room, { timeouts: createTimeouts(cloud.clock) });
  await whileTimePasses(cloud, cloud.request(ApiId, "/items", { headers: { authorization: "slow" } }));
  await cloud.lambda.send(new RemovePermissionCommand({ FunctionName: "hello", StatementId: "gateway" }));
  await cloud.request(ApiId, "/items", { headers: { authorization: "else" } });
  expect(await log.lines()).toEqual([
    "200 anna good -",
    "200 anna good -",
    "403 anna bad -",
    "500 - - The Lambda authorizer's response is not of the authorizer's format.",
    expect.stringMatching(/^500 - - The Lambda function returned the following error: Unhandled\./),
    "500 - - The Lambda authorizer took longer than 10 seconds.",
    expect.stringMatching(
      /^500 - - The IAM role configured on the authorizer or API Gateway doesn't have permissions /,
    ),
  ]);
});

test("who calls", () => {
  const values = { authorizer: { claims: { sub: "anna" }, tier: 1 }, "authorizer.claims": null };
  const format =
    "$context.authorizer.claims.sub $context.authorizer.tier $context.authorizer.claims $context.authorizer.no";
  expect(accessLine(format, values)).toBe("anna 1 - -");
});

test("a message of a WebSocket API", async () => {
  await using cloud = await socketCloud();
  const log = await accessLog(cloud);
  const ApiId = await cloud.socketApi();
  const { IntegrationId } = await cloud.apis.send(new CreateIntegrationCommand({ ApiId, IntegrationType: "MOCK" }));
  await cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey: "x", Target: `integrations/${IntegrationId}` }));
  await cloud.deploy(ApiId);
  await log.of(ApiId, "live", ["eventType", "routeKey", "status", "stage", "error.message"]);
  const { socket, closed } = await cloud.connect(ApiId);
  socket.send('{"action":"x"}');
  socket.close();
  await closed;
  expect(await log.lines()).toEqual(["MESSAGE x 200 live -"]);
});

test("a connection that is refused", async () => {
  await using cloud = await socketCloud();
  const log = await accessLog(cloud);
  const ApiId = await cloud.socketApi();
  await cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey: "$connect", AuthorizationType: "AWS_IAM" }));
  await cloud.deploy(ApiId);
  await log.of(ApiId, "live", ["eventType", "routeKey", "status", "error.message", "integration.status"]);
  expect((await cloud.connect(ApiId)).status).toBe(403);
  expect(await log.lines()).toEqual(["CONNECT $connect 403 Forbidden -"]);
});
