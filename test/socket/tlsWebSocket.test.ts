import { once } from "node:events";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { IAMClient } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Cloud, startCloud } from "../../src/index.ts";
import { zipped } from "../../src/services/lambda/testLambda.ts";
import { serviceRole } from "../serviceRole.ts";

/** As AWS's own examples write it: `https://` before the name and stage the event tells. */
const CODE = `
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
export const handler = async ({ body, headers, requestContext: { routeKey, domainName, stage, connectionId } }) => {
  if (routeKey === "$connect") return { statusCode: headers["x-forwarded-proto"] === "https" ? 200 : 403 };
  const client = new ApiGatewayManagementApiClient({ endpoint: \`https://\${domainName}/\${stage}\` });
  await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: "you said " + body }));
  return { statusCode: 200 };
}`;

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({});
});
afterAll(async () => {
  await cloud[Symbol.asyncDispose]();
});

/** A WebSocket API with one function behind it, deployed to the stage `live`. */
const socketApi = async () => {
  const settings = { endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.credentials };
  const lambda = new LambdaClient(settings);
  const apis = new ApiGatewayV2Client(settings);
  const Role = await serviceRole(new IAMClient(settings), "talker", "lambda", [
    "logs:*",
    "execute-api:ManageConnections",
  ]);
  const { FunctionArn = "" } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "talk",
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Timeout: 30,
      Role,
      Code: { ZipFile: await zipped({ "index.mjs": CODE }) },
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: "talk",
      StatementId: "gateway",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    }),
  );
  const { ApiId = "" } = await apis.send(
    new CreateApiCommand({ Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" }),
  );
  const integration = { ApiId, IntegrationType: "AWS_PROXY", IntegrationUri: FunctionArn } as const;
  const { IntegrationId } = await apis.send(new CreateIntegrationCommand(integration));
  for (const RouteKey of ["$connect", "$default"])
    await apis.send(new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` }));
  await apis.send(new CreateStageCommand({ ApiId, StageName: "live", AutoDeploy: true }));
  return ApiId;
};

it("carries WebSockets over TLS, and functions answer them by https", { timeout: 60_000 }, async () => {
  const host = `${await socketApi()}.execute-api.localhost`;
  // Whom this client trusts is not what is tried here: the function's client is given nothing.
  const socket = new WebSocket(`wss://127.0.0.1:${cloud.port}/live`, {
    headers: { host: `${host}:${cloud.port}` },
    rejectUnauthorized: false,
  });
  try {
    await once(socket, "open");
    const answered = once(socket, "message");
    socket.send("hello");
    expect(String((await answered)[0])).toBe("you said hello");
  } finally {
    socket.terminate();
  }
});
