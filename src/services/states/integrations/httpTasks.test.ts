import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateConnectionCommand,
  type CreateConnectionCommandInput,
  EventBridgeClient,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { statesCloud } from "../testStates.ts";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let seen: Seen[];
let answer: { status: number; headers: Record<string, string>; body: string };
let origin: string;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (url === "/token") response.end('{"access_token":"shown"}');
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  });
});

beforeEach(async () => {
  seen = [];
  answer = { status: 200, headers: { "Content-Type": "application/json", "X-Kind": "a" }, body: '{"rows":3}' };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const task = (Resource: string, Parameters: object) => ({
  StartAt: "T",
  States: { T: { Type: "Task", Resource, Parameters, End: true } },
});

type Made = Awaited<ReturnType<typeof statesCloud>>;
type Auth = Omit<CreateConnectionCommandInput, "Name">;

const API_KEY: Auth = {
  AuthorizationType: "API_KEY",
  AuthParameters: {
    ApiKeyAuthParameters: { ApiKeyName: "x-key", ApiKeyValue: "secret" },
    InvocationHttpParameters: {
      HeaderParameters: [{ Key: "x-own", Value: "kept" }],
      QueryStringParameters: [{ Key: "from", Value: "connection" }],
      BodyParameters: [{ Key: "tenant", Value: "t1" }],
    },
  },
};

const connect = async ({ cloud }: Made, auth: Auth = API_KEY) => {
  const made = await cloud.client(EventBridgeClient).send(new CreateConnectionCommand({ Name: "partner", ...auth }));
  await cloud.tasks.idle();
  return made.ConnectionArn;
};

const ask = (ConnectionArn: string | undefined, more: object = {}) =>
  task("arn:aws:states:::http:invoke", {
    ApiEndpoint: `${origin}/v1/rows`,
    Method: "POST",
    Authentication: { ConnectionArn },
    ...more,
  });

describe("http:invoke", () => {
  test("calls as the connection says, and answers status, headers and body", async () => {
    await using made = await statesCloud();
    const connection = await connect(made);
    const more = {
      Headers: { "x-own": "lost", "x-more": "yes" },
      QueryParameters: { from: "task", page: [1, 2] },
      RequestBody: { name: "Ada" },
    };
    const { status, output } = await made.run(ask(connection, more));
    expect([status, output.StatusCode, output.StatusText]).toEqual(["SUCCEEDED", 200, "OK"]);
    expect(output.ResponseBody).toEqual({ rows: 3 });
    expect(output.Headers["X-Kind"]).toEqual(["a"]);
    expect(seen).toEqual([expect.objectContaining({ method: "POST", url: "/v1/rows?from=connection&page=1&page=2" })]);
    expect(seen[0]?.headers).toMatchObject({
      "x-key": "secret",
      "x-own": "kept",
      "x-more": "yes",
      "content-type": "application/json;charset=utf-8",
    });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ name: "Ada", tenant: "t1" });
  });

  test("shows a token that the connection's endpoint gives", async () => {
    await using made = await statesCloud();
    const connection = await connect(made, {
      AuthorizationType: "OAUTH_CLIENT_CREDENTIALS",
      AuthParameters: {
        OAuthParameters: {
          ClientParameters: { ClientID: "me", ClientSecret: "hush" },
          AuthorizationEndpoint: `${origin}/token`,
          HttpMethod: "POST",
        },
      },
    });
    expect((await made.run(ask(connection))).status).toBe("SUCCEEDED");
    expect(seen.at(-1)?.headers["authorization"]).toBe("Bearer shown");
  });

  test.each([
    ["INDICES", "list%5B0%5D=a&list%5B1%5D=b&inner%5Bn%5D=1"],
    ["REPEAT", "list=a&list=b&inner%5Bn%5D=1"],
    ["COMMAS", "list=a%2Cb&inner%5Bn%5D=1"],
    ["BRACKETS", "list%5B%5D=a&list%5B%5D=b&inner%5Bn%5D=1"],
  ])("sends forms, lists as %s", async (ArrayFormat, form) => {
    await using made = await statesCloud();
    const connection = await connect(made, {
      AuthorizationType: "BASIC",
      AuthParameters: { BasicAuthParameters: { Username: "u", Password: "p" } },
    });
    const more = {
      RequestBody: { list: ["a", "b"], inner: { n: 1 } },
      Transform: { RequestBodyEncoding: "URL_ENCODED", RequestEncodingOptions: { ArrayFormat } },
    };
    expect((await made.run(ask(connection, more))).status).toBe("SUCCEEDED");
    expect(seen[0]?.body).toBe(form);
    expect(seen[0]?.headers["authorization"]).toBe(`Basic ${Buffer.from("u:p").toString("base64")}`);
  });

  test("fails by the status it is answered, and by what its socket says", async () => {
    await using made = await statesCloud();
    const connection = await connect(made);
    answer = { ...answer, status: 404, body: '{"message":"no"}' };
    expect(await made.run(ask(connection))).toMatchObject({
      status: "FAILED",
      error: "States.Http.StatusCode.404",
      cause: '{"message":"no"}',
    });
    const nobody = ask(connection, { ApiEndpoint: "http://127.0.0.1:1/" });
    expect(await made.run(nobody)).toMatchObject({ status: "FAILED", error: "States.Http.Socket" });
    const restricted = ask(connection, { Headers: { Host: "x" } });
    expect(await made.run(restricted)).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });

  test("asks what the role may call, use and read", async () => {
    const actions = [
      "states:InvokeHTTPEndpoint",
      "events:RetrieveConnectionCredentials",
      "secretsmanager:GetSecretValue",
    ];
    for (const [at, missing] of actions.entries()) {
      await using made = await statesCloud(
        {},
        actions.filter((_, index) => index !== at),
      );
      const { status, cause } = await made.run(ask(await connect(made)));
      expect([status, cause]).toEqual(["FAILED", expect.stringContaining(`is not authorized to perform: ${missing}`)]);
    }
  });
});

describe("apigateway:invoke", () => {
  const invoke = (more: object = {}) =>
    task("arn:aws:states:::apigateway:invoke", {
      ApiEndpoint: origin,
      Stage: "prod",
      Path: "/orders/1",
      Method: "POST",
      ...more,
    });

  test("asks a stage's path, and answers status, headers and body", async () => {
    await using made = await statesCloud();
    const more = { Headers: { "x-list": ["a", "b"] }, QueryParameters: { q: ["1"] }, RequestBody: "hello" };
    const { status, output } = await made.run(invoke(more));
    expect([status, output.StatusCode, output.ResponseBody]).toEqual(["SUCCEEDED", 200, { rows: 3 }]);
    expect(seen[0]).toMatchObject({
      method: "POST",
      url: "/prod/orders/1?q=1",
      headers: { "x-list": "a, b", "content-type": "application/json" },
      body: '"hello"',
    });
    expect(seen[0]?.headers["authorization"]).toBeUndefined();
  });

  test("signs as the role where it is told to", async () => {
    await using made = await statesCloud();
    expect((await made.run(invoke({ AuthType: "IAM_ROLE", RequestBody: { a: 1 } }))).status).toBe("SUCCEEDED");
    expect(seen[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=ASIA.*\/us-east-1\/execute-api\//),
      "x-amz-security-token": expect.any(String),
    });
  });

  test("fails by the status, and is not begun with headers that are no lists", async () => {
    await using made = await statesCloud();
    answer = { ...answer, status: 403, body: '{"message":"Missing Authentication Token"}' };
    expect(await made.run(invoke())).toMatchObject({
      error: "ApiGateway.403",
      cause: '{"message":"Missing Authentication Token"}',
    });
    expect(await made.run(invoke({ Headers: { x: "text" } }))).toMatchObject({
      error: "States.Runtime",
      cause: expect.stringContaining("[The value of the field 'Headers' has an invalid format]"),
    });
  });
});
