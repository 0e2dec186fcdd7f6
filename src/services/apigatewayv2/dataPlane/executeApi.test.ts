import {
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateStageCommand,
  GetRoutesCommand,
  ImportApiCommand,
  UpdateApiCommand,
  UpdateRouteCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { createHello } from "../../lambda/testLambda.ts";
import { type ApiCloud, apiCloud, ECHO, FUNCTION } from "./executeApiFixture.ts";

let cloud: ApiCloud;
let apis: ApiCloud["apis"];

beforeAll(async () => {
  cloud = await apiCloud();
  apis = cloud.apis;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const api: ApiCloud["api"] = (...given) => cloud.api(...given);
const request: ApiCloud["request"] = (...asked) => cloud.request(...asked);
const answering = (answer: unknown) => ({ headers: { answer: JSON.stringify(answer) } });

describe("events", () => {
  test("format 2.0", async () => {
    const id = await api(["POST /items/{id}"]);
    const { json } = await request(id, "/items/a%20b?x=1&x=2&y=%C3%A9", {
      method: "POST",
      headers: { "content-type": "application/json", cookie: "a=1; b=2" },
      body: '{"n":1}',
    });
    const event = json();
    expect(event).toEqual({
      version: "2.0",
      routeKey: "POST /items/{id}",
      rawPath: "/items/a b",
      rawQueryString: "x=1&x=2&y=%C3%A9",
      cookies: ["a=1", "b=2"],
      headers: {
        host: `${id}.execute-api.localhost:4566`,
        "user-agent": "test",
        "content-type": "application/json",
        "content-length": "7",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": "4566",
        "x-forwarded-proto": "http",
      },
      queryStringParameters: { x: "1,2", y: "é" },
      requestContext: {
        accountId: TEST_ACCOUNT,
        apiId: id,
        domainName: `${id}.execute-api.localhost`,
        domainPrefix: id,
        http: { method: "POST", path: "/items/a b", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
        requestId: expect.any(String),
        routeKey: "POST /items/{id}",
        stage: "$default",
        time: "01/Jan/2026:00:00:00 +0000",
        timeEpoch: cloud.clock.now(),
      },
      body: '{"n":1}',
      pathParameters: { id: "a b" },
      isBase64Encoded: false,
      stageVariables: { color: "red" },
    });
  });

  test("format 1.0", async () => {
    const id = await api(["GET /items", "GET /items/{id}"], {
      payloadFormatVersion: "1.0",
      code: "export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) })",
    });
    const event = (await request(id, "/items?x=1&x=2")).json();
    expect(event).toMatchObject({
      version: "1.0",
      resource: "/items",
      path: "/items",
      httpMethod: "GET",
      queryStringParameters: { x: "2" },
      multiValueQueryStringParameters: { x: ["1", "2"] },
      multiValueHeaders: { "user-agent": ["test"] },
      pathParameters: null,
      body: null,
      isBase64Encoded: false,
    });
    expect(event.requestContext).toMatchObject({
      stage: "$default",
      resourcePath: "/items",
      identity: { sourceIp: "127.0.0.1" },
    });
    const decoded = (await request(id, "/items/a%2Fb")).json();
    expect([decoded.path, decoded.requestContext.path]).toEqual(["/items/a/b", "/items/a/b"]);
  });

  test("a path that is not well escaped is told as it came", async () => {
    const id = await api(["GET /{proxy+}"]);
    expect((await request(id, "/100%/a%20b")).json().rawPath).toBe("/100%/a%20b");
  });

  test("forms and bytes are base64", async () => {
    const id = await api(["POST /f"]);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const event = (await request(id, "/f", { method: "POST", headers, body: "a=1" })).json();
    expect([event.body, event.isBase64Encoded]).toEqual(["YT0x", true]);
  });
});

describe("routes", () => {
  test("the most specific wins", async () => {
    const id = await api([
      "GET /pets/dog/1",
      "GET /pets/dog/{id}",
      "GET /pets/{proxy+}",
      "ANY /{proxy+}",
      "$default",
      "ANY /pets/cat",
    ]);
    const keyFor = async (path: string, method = "GET") => (await request(id, path, { method })).json().routeKey;
    expect(await keyFor("/pets/dog/1")).toBe("GET /pets/dog/1");
    expect(await keyFor("/pets/dog/2")).toBe("GET /pets/dog/{id}");
    expect(await keyFor("/pets/cat")).toBe("ANY /pets/cat");
    expect(await keyFor("/pets/cat/3")).toBe("GET /pets/{proxy+}");
    expect(await keyFor("/pets/dog/2", "POST")).toBe("ANY /{proxy+}");
    expect(await keyFor("/")).toBe("$default");
    expect((await request(id, "/pets/a/b/c")).json().pathParameters).toEqual({ proxy: "a/b/c" });
  });

  test("what no route takes, and no API", async () => {
    const id = await api(["GET /items"]);
    const missing = await request(id, "/other");
    expect([missing.status, missing.text, missing.headers["content-type"]]).toEqual([
      404,
      '{"message":"Not Found"}',
      "application/json",
    ]);
    expect((await request("nope", "/")).status).toBe(404);
    expect((await request(id, "/items", { method: "POST" })).status).toBe(404);
  });

  test("the path form, the AWS host, and stages by name, which show what was deployed to them", async () => {
    const id = await api(["GET /items"]);
    const byPath = (path: string) => request(id, path, { host: "127.0.0.1:4566" });
    expect((await byPath(`/_execute-api/${id}/$default/items`)).json().rawPath).toBe("/items");
    expect((await request(id, "/items", { host: `${id}.execute-api.us-east-1.amazonaws.com` })).status).toBe(200);
    await apis.send(new CreateStageCommand({ ApiId: id, StageName: "prod" }));
    expect((await byPath(`/_execute-api/${id}/prod/items`)).status).toBe(404);
    await apis.send(new CreateDeploymentCommand({ ApiId: id, StageName: "prod" }));
    const event = (await byPath(`/_execute-api/${id}/prod/items`)).json();
    expect([event.rawPath, event.requestContext.stage]).toEqual(["/prod/items", "prod"]);
  });
});

describe("responses", () => {
  test("full, inferred, binary, with cookies", async () => {
    const id = await api(["GET /"]);
    const full = await request(
      id,
      "/",
      answering({ statusCode: 201, headers: { "X-A": 1 }, cookies: ["a=1", "b=2"], body: "hi" }),
    );
    expect(full).toMatchObject({
      status: 201,
      text: "hi",
      headers: { "x-a": "1", "set-cookie": ["a=1", "b=2"], "content-type": "text/plain; charset=utf-8" },
    });
    const inferred = await request(id, "/", answering({ a: 1 }));
    expect(inferred).toMatchObject({ status: 200, text: '{"a":1}', headers: { "content-type": "application/json" } });
    const binary = await request(id, "/", answering({ statusCode: 200, body: "aGk=", isBase64Encoded: true }));
    expect(binary.text).toBe("hi");
  });

  test("rubbish, errors and a missing permission are an internal error", async () => {
    const id = await api(["GET /"]);
    const unsendable = [{ "x-split": "a\r\nb" }, { "no name": "a" }, { "x-check": "✓" }];
    for (const answer of [
      { statusCode: "x" },
      { statusCode: 200, body: { a: 1 } },
      { statusCode: 200, headers: [] },
      ...unsendable.map((headers) => ({ statusCode: 200, headers })),
    ]) {
      expect((await request(id, "/", answering(answer))).text).toBe('{"message":"Internal Server Error"}');
    }
    expect((await request(id, "/", { headers: { answer: "{" } })).status).toBe(500);
    await createHello(cloud.lambda, ECHO, { FunctionName: "closed" });
    const { ApiId = "" } = await apis.send(
      new CreateApiCommand({
        Name: "q",
        ProtocolType: "HTTP",
        Target: `arn:aws:lambda:us-east-1:${TEST_ACCOUNT}:function:closed`,
      }),
    );
    expect((await request(ApiId, "/")).status).toBe(500);
  });
});

describe("CORS", () => {
  const cors = {
    CorsConfiguration: {
      AllowOrigins: ["https://a.example"],
      AllowMethods: ["GET"],
      AllowHeaders: ["x-a"],
      MaxAge: 5,
      AllowCredentials: true,
    },
  };
  const origin = "https://a.example";

  test("preflight is answered without a route, and responses are marked", async () => {
    const id = await api(["GET /"], { cors });
    const asked = { method: "OPTIONS", headers: { origin, "access-control-request-method": "GET" } };
    const { status, headers } = await request(id, "/any", asked);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "x-a",
      "access-control-max-age": "5",
      "access-control-allow-credentials": "true",
    });
    const answer = { statusCode: 200, headers: { "access-control-allow-origin": "*" } };
    const own = await request(id, "/", { headers: { origin, ...answering(answer).headers } });
    expect(own.headers["access-control-allow-origin"]).toBe(origin);
    const foreign = await request(id, "/", { headers: { origin: "https://b.example", ...answering(answer).headers } });
    expect(foreign.headers).not.toHaveProperty("access-control-allow-origin");
    await apis.send(new UpdateApiCommand({ ApiId: id, CorsConfiguration: { AllowOrigins: ["*"] } }));
    expect((await request(id, "/", { headers: { origin } })).headers["access-control-allow-origin"]).toBe("*");
  });
});

describe("Lambda authorizers", () => {
  let guards = 0;
  const secured = async (answer: string, EnableSimpleResponses: boolean, routes = ["GET /items"]) => {
    const id = await api(routes);
    const code = `let asked = 0; export const handler = async (event) => { asked++; return ${answer} }`;
    const FunctionName = `guard${++guards}`;
    await createHello(cloud.lambda, code, { FunctionName });
    await cloud.allow(FunctionName);
    const { AuthorizerId } = await apis.send(
      new CreateAuthorizerCommand({
        ApiId: id,
        Name: "guard",
        AuthorizerType: "REQUEST",
        IdentitySource: ["$request.header.Authorization"],
        AuthorizerUri: FUNCTION.replace("hello", FunctionName),
        AuthorizerPayloadFormatVersion: "2.0",
        EnableSimpleResponses,
      }),
    );
    const { Items = [] } = await apis.send(new GetRoutesCommand({ ApiId: id }));
    for (const { RouteId } of Items)
      await apis.send(new UpdateRouteCommand({ ApiId: id, RouteId, AuthorizationType: "CUSTOM", AuthorizerId }));
    return (token?: string, path = "/items") => request(id, path, token ? { headers: { authorization: token } } : {});
  };

  test("simple answers, remembered per identity", async () => {
    const get = await secured(
      "({ isAuthorized: event.identitySource[0] === 'good', context: { asked, arn: event.routeArn } })",
      true,
    );
    const missing = await get();
    expect([missing.status, missing.text]).toEqual([401, '{"message":"Unauthorized"}']);
    const denied = await get("bad");
    expect([denied.status, denied.text]).toEqual([403, '{"message":"Forbidden"}']);
    const { lambda } = (await get("good")).json().requestContext.authorizer;
    expect(lambda).toEqual({
      asked: 2,
      arn: expect.stringMatching(/:execute-api:us-east-1:\d+:\w+\/\$default\/GET\/items$/),
    });
    expect((await get("good")).json().requestContext.authorizer.lambda.asked).toBe(2);
    cloud.clock.advance(301_000);
    expect((await get("good")).json().requestContext.authorizer.lambda.asked).not.toBe(2);
  });

  test("policies", async () => {
    const get = await secured(
      "({ principalId: 'p', policyDocument: { Statement: [{ Action: 'execute-api:Invoke', Resource: event.routeArn, Effect: event.headers.authorization }] } })",
      false,
    );
    expect([(await get("Allow")).status, (await get("Deny")).status]).toEqual([200, 403]);
  });

  test("a policy that is remembered is read anew for each route", async () => {
    const get = await secured(
      "({ principalId: 'p', policyDocument: { Statement: [{ Action: 'execute-api:Invoke', Resource: event.routeArn, Effect: 'Allow' }] } })",
      false,
      ["GET /items", "GET /secrets"],
    );
    expect((await get("anna")).status).toBe(200);
    expect((await get("anna", "/secrets")).status).toBe(403);
  });
});

describe("OpenAPI", () => {
  test("a definition as SAM writes it", async () => {
    await api([]);
    const integration = (path: string) => ({
      httpMethod: "POST",
      type: "aws_proxy",
      uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`,
      payloadFormatVersion: "2.0",
      description: path,
    });
    const Body = JSON.stringify({
      openapi: "3.0.1",
      info: { version: "1.0", title: "app" },
      paths: {
        "/facts": { get: { "x-amazon-apigateway-integration": integration("/facts"), responses: {} } },
        "/facts/{id}": {
          "x-amazon-apigateway-any-method": { "x-amazon-apigateway-integration": integration("/facts/{id}") },
        },
        "/$default": {
          "x-amazon-apigateway-any-method": {
            isDefaultRoute: true,
            "x-amazon-apigateway-integration": integration("d"),
          },
        },
      },
      tags: [{ name: "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM" }],
      "x-amazon-apigateway-cors": { allowOrigins: ["*"], maxAge: 3 },
    });
    const made = await apis.send(new ImportApiCommand({ Body, FailOnWarnings: true }));
    expect(made).toMatchObject({
      Name: "app",
      Version: "1.0",
      Tags: { "httpapi:createdBy": "SAM" },
      CorsConfiguration: { AllowOrigins: ["*"], MaxAge: 3 },
    });
    const { ApiId = "" } = made;
    await apis.send(new CreateStageCommand({ ApiId, StageName: "$default", AutoDeploy: true }));
    const { Items = [] } = await apis.send(new GetRoutesCommand({ ApiId }));
    expect(Items.map(({ RouteKey }) => RouteKey).sort()).toEqual(["$default", "ANY /facts/{id}", "GET /facts"]);
    expect((await request(ApiId, "/facts")).json().routeKey).toBe("GET /facts");
    expect((await request(ApiId, "/elsewhere")).json().routeKey).toBe("$default");
  });
});
