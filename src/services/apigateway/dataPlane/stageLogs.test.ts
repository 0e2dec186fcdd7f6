import { type PatchOperation, UpdateAccountCommand, UpdateStageCommand } from "@aws-sdk/client-api-gateway";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { whileTimePasses } from "../../../../test/whileTimePasses.ts";
import { createTimeouts } from "../../../kernel/timeouts.ts";
import { lambda, type RestCloud, restCloud, uri } from "./executeRestFixture.ts";

let cloud: RestCloud;
let logs: CloudWatchLogsClient;

beforeEach(async () => {
  cloud = await restCloud();
  logs = cloud.client(CloudWatchLogsClient as never) as CloudWatchLogsClient;
});
afterEach(() => cloud[Symbol.asyncDispose]());

const configured = async (restApiId: string, settings: Readonly<Record<string, string>>) => {
  const patchOperations = Object.entries(settings).map(
    ([path, value]): PatchOperation => ({ op: "replace", path, value }),
  );
  await cloud.apis.send(new UpdateStageCommand({ restApiId, stageName: "prod", patchOperations }));
};

const messagesIn = async (logGroupName: string) => {
  await cloud.tasks.idle();
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.map(({ message = "" }) => message);
};

const ARN = `arn:aws:logs:us-east-1:${TEST_ACCOUNT}:log-group:access`;

test("access logs tell each request in the stage's own format, failed ones too", async () => {
  const { restApiId: id } = await cloud.api({ "/items/{id}": { get: lambda } });
  await logs.send(new CreateLogGroupCommand({ logGroupName: "access" }));
  const format =
    "$context.httpMethod $context.resourcePath $context.status $context.integration.status $context.error.responseType $context.identity.sourceIp $context.stage $context.authorizer.principalId";
  await configured(id, { "/accessLogSettings/destinationArn": ARN, "/accessLogSettings/format": format });
  await cloud.request(id, "/prod/items/1");
  await cloud.request(id, "/prod/none");
  expect(await messagesIn("access")).toEqual([
    "GET /items/{id} 200 200 - 127.0.0.1 prod -",
    "GET /none 403 - MISSING_AUTHENTICATION_TOKEN 127.0.0.1 prod -",
  ]);
});

test("access logs tell how each check went: signatures, authorizers, and what a caller may do", async () => {
  const scheme = (more: object) => ({ type: "apiKey", name: "Authorization", in: "header", ...more });
  const authorizer = { type: "token", authorizerUri: uri, authorizerResultTtlInSeconds: 0 };
  const { restApiId: id } = await cloud.api(
    { "/": { get: { ...lambda, security: [{ Token: [] }] }, post: { ...lambda, security: [{ Sigv4: [] }] } } },
    {
      securityDefinitions: {
        Token: scheme({ "x-amazon-apigateway-authtype": "custom", "x-amazon-apigateway-authorizer": authorizer }),
        Sigv4: scheme({ "x-amazon-apigateway-authtype": "awsSigv4" }),
      },
    },
    { code: AUTHORIZER },
  );
  await logs.send(new CreateLogGroupCommand({ logGroupName: "access" }));
  const variables = ["status", "authenticate.status", "authorizer.status", "authorizer.error", "authorize.status"];
  const format = [...variables, "integration.error"].map((name) => `$context.${name}`).join(" ");
  await configured(id, { "/accessLogSettings/destinationArn": ARN, "/accessLogSettings/format": format });
  const as = (authorization: string) => cloud.request(id, "/prod", { headers: { authorization } });
  await as("good");
  await as("bad");
  await as("broken");
  expect(await as("odd")).toMatchObject({ status: 500, text: '{"message":null}' });
  const room = (await cloud.rooms.open("apigateway", TEST_ACCOUNT, TEST_REGION))?.room.room ?? {};
  Object.assign(room, { timeouts: createTimeouts(cloud.clock) });
  expect(await whileTimePasses(cloud, as("slow"))).toMatchObject({
    status: 500,
    headers: { "x-amzn-errortype": "AuthorizerFailureException" },
    text: '{"message":null}',
  });
  await cloud.request(id, "/prod", { method: "POST" });
  expect(await messagesIn("access")).toEqual([
    "502 - 200 - 200 Execution failed due to configuration error: Malformed Lambda proxy response",
    "403 - 200 - 403 -",
    "401 - 401 Unauthorized - -",
    "500 - 500 AUTHORIZER_CONFIGURATION_ERROR - -",
    "500 - 500 AUTHORIZER_FAILURE - -",
    "403 403 - - - -",
  ]);
});

/** A token authorizer of each kind, and an integration that answers what no proxy may. */
const AUTHORIZER = `export const handler = async ({ authorizationToken: token, methodArn: Resource }) => {
  if (token === undefined) return 7;
  if (token === "broken") throw new Error("Unauthorized");
  if (token === "odd") return { principalId: "me" };
  if (token === "slow") await new Promise((resolve) => setTimeout(resolve, 60_000));
  const Effect = token === "good" ? "Allow" : "Deny";
  return { principalId: "me", policyDocument: { Statement: [{ Effect, Action: "execute-api:Invoke", Resource }] } };
}`;

test("execution logs tell as much as the method's level asks for", async () => {
  const { restApiId: id } = await cloud.api({ "/": { get: lambda } });
  const group = `API-Gateway-Execution-Logs_${id}/prod`;
  await configured(id, { "/*/*/logging/loglevel": "ERROR" });
  await cloud.request(id, "/prod");
  await cloud.tasks.idle();
  expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map((one) => one.logGroupName)).not.toContain(
    group,
  );
  await cloud.request(id, "/prod", { headers: { answer: "7" } });
  expect(await messagesIn(group)).toEqual([
    expect.stringMatching(
      /^\([0-9a-f-]{36}\) Execution failed due to configuration error: Malformed Lambda proxy response$/,
    ),
  ]);
  await configured(id, { "/*/*/logging/loglevel": "INFO" });
  await cloud.request(id, "/prod");
  const info = (await messagesIn(group)).slice(1).map((line) => line.replace(/^\(.*?\) /, ""));
  expect(info).toEqual([
    expect.stringMatching(/^Starting execution for request: /),
    "HTTP Method: GET, Resource Path: /",
    expect.stringMatching(/^Sending request to https:\/\/lambda\./),
    expect.stringMatching(/^Received response\. Status: 200, Integration latency: \d+ ms$/),
    "Successfully completed execution",
    "Method completed with status: 200",
  ]);
  await configured(id, { "/*/*/logging/dataTrace": "true" });
  await cloud.request(id, "/prod?a=b");
  expect((await messagesIn(group)).join("\n")).toContain("Method request query string: {a=b}");
});

test("a role that may not write loses the log and disturbs nobody", async () => {
  const value = await serviceRole(cloud.client(IAMClient), "logs", "apigateway");
  const patchOperations = [{ op: "replace" as const, path: "/cloudwatchRoleArn", value }];
  await cloud.apis.send(new UpdateAccountCommand({ patchOperations }));
  const { restApiId: id } = await cloud.api({ "/": { get: lambda } });
  await configured(id, { "/*/*/logging/loglevel": "INFO" });
  expect((await cloud.request(id, "/prod")).status).toBe(200);
  await cloud.tasks.idle();
  expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).not.toContainEqual(
    expect.objectContaining({ logGroupName: `API-Gateway-Execution-Logs_${id}/prod` }),
  );
});
