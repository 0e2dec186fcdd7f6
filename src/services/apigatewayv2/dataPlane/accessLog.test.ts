import { CreateIntegrationCommand, CreateRouteCommand, UpdateStageCommand } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud } from "../../../../test/harness.ts";
import { accessLine } from "./accessLog.ts";
import { type ApiCloud, apiCloud } from "./executeApiFixture.ts";
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
