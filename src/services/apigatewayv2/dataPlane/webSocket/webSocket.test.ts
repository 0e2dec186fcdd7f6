import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import {
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  GetRoutesCommand,
  UpdateRouteCommand,
} from "@aws-sdk/client-apigatewayv2";
import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHello } from "../../../lambda/testLambda.ts";
import { FUNCTION } from "../executeApiFixture.ts";
import { type SocketCloud, socketCloud } from "./socketFixture.ts";

let cloud: SocketCloud;

beforeAll(async () => {
  cloud = await socketCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const CODE = `const log = [];
export const handler = async (event) => {
  log.push(event);
  const { routeKey, apiId } = event.requestContext;
  if (routeKey === "$connect") return { statusCode: event.queryStringParameters?.status ? Number(event.queryStringParameters.status) : 200 };
  if (routeKey === "fail") throw new Error("broken");
  if (routeKey === "log") return { statusCode: 200, body: JSON.stringify(log.filter((one) => one.requestContext.apiId === apiId)) };
  return { statusCode: 200, body: "you said " + event.body };
}`;

/** A WebSocket API whose routes all lead to one function, deployed to the stage `live`. */
const socketApi = async (routes: readonly string[], { answering = ["echo", "log"], connect = {} as object } = {}) => {
  await cloud.hello(CODE);
  const ApiId = await cloud.socketApi();
  const { IntegrationId } = await cloud.apis.send(
    new CreateIntegrationCommand({ ApiId, IntegrationType: "AWS_PROXY", IntegrationUri: FUNCTION }),
  );
  for (const RouteKey of routes) {
    const Target = `integrations/${IntegrationId}`;
    const answers = answering.includes(RouteKey) ? { RouteResponseSelectionExpression: "$default" } : {};
    const more = RouteKey === "$connect" ? connect : {};
    const { RouteId } = await cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey, Target, ...answers, ...more }));
    if (answering.includes(RouteKey)) {
      await cloud.apis.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: "$default" }));
    }
  }
  await cloud.deploy(ApiId);
  return ApiId;
};

describe("connections", () => {
  test("messages go to the routes they choose, and answers come back", async () => {
    const api = await socketApi(["$connect", "$disconnect", "$default", "echo", "log", "quiet"]);
    const { socket, next, closed } = await cloud.connect(api, "?name=anna");
    socket.send('{"action":"echo","n":1}');
    expect(await next()).toBe('you said {"action":"echo","n":1}');
    socket.send("no json");
    socket.send('{"action":"quiet"}');
    await cloud.tasks.idle();
    socket.send('{"action":"log"}');
    const events = JSON.parse(await next());
    const keys = events.map((event: { requestContext: { routeKey: string } }) => event.requestContext.routeKey);
    expect([keys[0], keys[1], [...keys.slice(2)].sort()]).toEqual(["$connect", "echo", ["$default", "log", "quiet"]]);
    const [first, second] = events;
    expect(first).toMatchObject({
      queryStringParameters: { name: "anna" },
      requestContext: {
        eventType: "CONNECT",
        messageDirection: "IN",
        stage: "live",
        apiId: api,
        connectionId: expect.any(String),
      },
      isBase64Encoded: false,
    });
    expect(second).toEqual({
      requestContext: {
        routeKey: "echo",
        messageId: expect.any(String),
        eventType: "MESSAGE",
        extendedRequestId: expect.any(String),
        requestTime: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:/),
        messageDirection: "IN",
        stage: "live",
        connectedAt: cloud.clock.now(),
        requestTimeEpoch: cloud.clock.now(),
        identity: { sourceIp: "127.0.0.1" },
        requestId: expect.any(String),
        domainName: `${api}.execute-api.localhost:4566`,
        connectionId: first.requestContext.connectionId,
        apiId: api,
      },
      stageVariables: { color: "red" },
      body: '{"action":"echo","n":1}',
      isBase64Encoded: false,
    });
    socket.close();
    expect(await closed).toBe(1005);
  });

  test("a message without a route, and one whose function fails, are answered with what went wrong", async () => {
    const api = await socketApi(["$connect", "fail"]);
    const { socket, next } = await cloud.connect(api);
    socket.send('{"action":"nobody"}');
    expect(JSON.parse(await next())).toMatchObject({ message: "Forbidden", connectionId: expect.any(String) });
    socket.send('{"action":"fail"}');
    expect(JSON.parse(await next())).toMatchObject({ message: "Internal server error", requestId: expect.any(String) });
    socket.close();
  });

  test("$connect may refuse; a stage that is not there is forbidden", async () => {
    const api = await socketApi(["$connect"]);
    expect((await cloud.connect(api, "?status=401")).status).toBe(401);
    expect((await cloud.connect(api, "?status=200")).status).toBeUndefined();
    expect((await cloud.connect("nothing123")).status).toBe(403);
  });

  test("one that says nothing for ten minutes is closed", async () => {
    const api = await socketApi(["echo"]);
    const { socket, next, closed } = await cloud.connect(api);
    cloud.clock.advance(9 * 60_000);
    socket.send('{"action":"echo"}');
    await next();
    cloud.clock.advance(9 * 60_000);
    socket.send('{"action":"echo"}');
    await next();
    cloud.clock.advance(10 * 60_000);
    expect(await closed).toBe(1001);
  });
});

test("one that goes on talking is closed after two hours", async () => {
  const api = await socketApi(["echo"]);
  const { socket, next, closed } = await cloud.connect(api);
  for (let minutes = 9; minutes < 120; minutes += 9) {
    cloud.clock.advance(9 * 60_000);
    socket.send('{"action":"echo"}');
    await next();
  }
  cloud.clock.advance(3 * 60_000);
  expect(await closed).toBe(1001);
});

test("a message of more than 128 KB ends the connection, in however many frames it comes", async () => {
  const api = await socketApi(["echo"]);
  const { socket, next, closed } = await cloud.connect(api);
  const message = (bytes: number) => `{"action":"echo","n":"${"x".repeat(bytes - 24)}"}`;
  const sendInFrames = (text: string) => {
    for (let at = 0; at < text.length; at += 30_000)
      socket.send(text.slice(at, at + 30_000), { fin: at + 30_000 >= text.length });
  };
  sendInFrames(message(128 * 1024));
  expect(await next()).toBe(`you said ${message(128 * 1024)}`);
  sendInFrames(message(128 * 1024 + 1));
  expect(await closed).toBe(1009);
});

test("a frame of more than 32 KB ends the connection", async () => {
  const api = await socketApi(["echo"]);
  const { socket, next, closed } = await cloud.connect(api);
  const text = `{"action":"echo","n":"${"x".repeat(40 * 1024)}"}`;
  // In frames that are short enough it passes.
  socket.send(text.slice(0, 30_000), { fin: false });
  socket.send(text.slice(30_000));
  expect(await next()).toBe(`you said ${text}`);
  socket.send(text);
  expect(await closed).toBe(1009);
});

describe("the connections' API", () => {
  const idOf = async (api: string) => {
    const connection = await cloud.connect(api);
    connection.socket.send('{"action":"log"}');
    const [first] = JSON.parse(await connection.next());
    return { ...connection, ConnectionId: String(first.requestContext.connectionId) };
  };

  test("sends, tells and disconnects", async () => {
    const api = await socketApi(["$connect", "log"]);
    const { ConnectionId, next, closed } = await idOf(api);
    const client = cloud.management(api);
    await client.send(new PostToConnectionCommand({ ConnectionId, Data: "hello" }));
    expect(await next()).toBe("hello");
    const told = await client.send(new GetConnectionCommand({ ConnectionId }));
    expect(told).toMatchObject({ ConnectedAt: new Date(cloud.clock.now()), Identity: { SourceIp: "127.0.0.1" } });
    await client.send(new DeleteConnectionCommand({ ConnectionId }));
    expect(await closed).toBe(1000);
    await cloud.tasks.idle();
    await expect(client.send(new PostToConnectionCommand({ ConnectionId, Data: "x" }))).rejects.toMatchObject({
      name: "GoneException",
      $metadata: { httpStatusCode: 410 },
    });
  });

  test("takes nobody without a signature", async () => {
    const api = await socketApi(["$connect"]);
    const asked = await cloud.request(api, "/live/@connections/x", { method: "POST", body: "x" });
    expect(asked.status).toBe(403);
  });
});

test("an authorizer decides who connects, and its context reaches every route", async () => {
  await createHello(
    cloud.lambda,
    `export const handler = async (event) => ({ principalId: "anna", context: { level: 3 }, policyDocument: { Statement: [
      { Action: "execute-api:Invoke", Effect: event.queryStringParameters.token === "good" ? "Allow" : "Deny", Resource: event.methodArn } ] } })`,
    { FunctionName: "guard" },
  );
  await cloud.lambda.send(
    new AddPermissionCommand({
      FunctionName: "guard",
      StatementId: "gateway",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    }),
  );
  const api = await socketApi(["$connect", "log"]);
  const { AuthorizerId } = await cloud.apis.send(
    new CreateAuthorizerCommand({
      ApiId: api,
      Name: "guard",
      AuthorizerType: "REQUEST",
      AuthorizerUri: FUNCTION.replace("hello", "guard"),
      IdentitySource: ["route.request.querystring.token"],
    }),
  );
  const { Items = [] } = await cloud.apis.send(new GetRoutesCommand({ ApiId: api }));
  const RouteId = Items.find(({ RouteKey }) => RouteKey === "$connect")?.RouteId;
  await cloud.apis.send(new UpdateRouteCommand({ ApiId: api, RouteId, AuthorizationType: "CUSTOM", AuthorizerId }));
  await cloud.apis.send(new CreateDeploymentCommand({ ApiId: api, StageName: "live" }));
  expect((await cloud.connect(api)).status).toBe(401);
  expect((await cloud.connect(api, "?token=bad")).status).toBe(403);
  const { socket, next } = await cloud.connect(api, "?token=good");
  socket.send('{"action":"log"}');
  const events = JSON.parse(await next());
  expect(events.at(-1).requestContext.authorizer).toEqual({ principalId: "anna", level: 3 });
  socket.close();
});

test("refusals of what no WebSocket API has", async () => {
  const api = await socketApi(["$connect"]);
  const refused = (more: object, message: string) =>
    expect(cloud.apis.send(new CreateRouteCommand({ ApiId: api, RouteKey: "x", ...more }))).rejects.toThrow(message);
  await refused({ AuthorizationType: "JWT" }, "JWT authorizers are not supported");
  await refused({ AuthorizationType: "AWS_IAM" }, "authorization is restricted to the $connect route only");
  await refused({ RouteKey: "$connect" }, "already exists");
  await expect(cloud.apis.send(new CreateApiCommand({ Name: "x", ProtocolType: "WEBSOCKET" }))).rejects.toThrow(
    "Route selection expression is required",
  );
});
