import { gzipSync } from "node:zlib";
import { CreateDeploymentCommand, PutRestApiCommand, UpdateRestApiCommand } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { lambda, type RestCloud, restCloud, uri } from "./executeRestFixture.ts";

let cloud: RestCloud;
let apis: RestCloud["apis"];

beforeAll(async () => {
  cloud = await restCloud();
  apis = cloud.apis;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const request: RestCloud["request"] = (...asked) => cloud.request(...asked);
const api: RestCloud["api"] = (...given) => cloud.api(...given);
const answering = (answer: unknown) => ({ headers: { answer: JSON.stringify(answer) } });

describe("the Lambda proxy integration", () => {
  test("its event", async () => {
    const { restApiId: id, deploymentId } = await api({ "/items/{id}": { post: lambda } });
    const { json } = await request(id, "/prod/items/a%20b?x=1&x=2&y=%C3%A9", {
      method: "POST",
      headers: { "content-type": "application/json", "x-custom": "1" },
      body: '{"n":1}',
    });
    const headers = {
      Host: `${id}.execute-api.localhost:4566`,
      "User-Agent": "test",
      "Content-Type": "application/json",
      "x-custom": "1",
      "X-Amzn-Trace-Id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      "X-Forwarded-For": "127.0.0.1",
      "X-Forwarded-Port": "4566",
      "X-Forwarded-Proto": "http",
    };
    expect(json()).toEqual({
      resource: "/items/{id}",
      path: "/items/a%20b",
      httpMethod: "POST",
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      queryStringParameters: { x: "2", y: "é" },
      multiValueQueryStringParameters: { x: ["1", "2"], y: ["é"] },
      pathParameters: { id: "a%20b" },
      stageVariables: { color: "red" },
      requestContext: {
        resourceId: expect.stringMatching(/^[a-z0-9]{6}$/),
        resourcePath: "/items/{id}",
        httpMethod: "POST",
        extendedRequestId: expect.stringMatching(/=$/),
        requestTime: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        path: "/prod/items/a%20b",
        accountId: TEST_ACCOUNT,
        protocol: "HTTP/1.1",
        stage: "prod",
        domainPrefix: id,
        requestTimeEpoch: expect.any(Number),
        requestId: expect.any(String),
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: "127.0.0.1",
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: "test",
          user: null,
        },
        domainName: `${id}.execute-api.localhost`,
        deploymentId,
        apiId: id,
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
  });

  test("its answers, good and malformed", async () => {
    const { restApiId: id } = await api({ "/{proxy+}": { "x-amazon-apigateway-any-method": lambda } });
    const full = { statusCode: 201, headers: { "X-A": 1 }, multiValueHeaders: { b: ["1", "2"] }, body: "hi" };
    expect(await request(id, "/prod/a/b", answering(full))).toMatchObject({
      status: 201,
      headers: { "x-a": "1", b: ["1", "2"], "content-type": "application/json" },
      text: "hi",
    });
    for (const wrong of [
      "text",
      { message: "hi" },
      { statusCode: "no" },
      { body: { a: 1 } },
      { headers: { "x-split": "a\nb" } },
    ]) {
      expect(await request(id, "/prod/a", answering(wrong))).toMatchObject({
        status: 502,
        text: '{"message": "Internal server error"}',
      });
    }
    const both = {
      headers: { "X-Multi": "3", "X-Solo": "1" },
      multiValueHeaders: { "x-multi": ["1", "2"] },
    };
    expect((await request(id, "/prod/a", answering(both))).headers).toMatchObject({
      "x-multi": ["1", "2", "3"],
      "x-solo": "1",
    });
    const byPath = await request(id, `/_execute-api/${id}/prod/x`, { host: "127.0.0.1:4566" });
    expect(byPath.json()).toMatchObject({ path: "/x", pathParameters: { proxy: "x" }, body: null });
  });

  test("bytes travel as base64 where the API says so", async () => {
    const { restApiId: id } = await api(
      { "/": { post: lambda } },
      { "x-amazon-apigateway-binary-media-types": ["image/*"] },
    );
    const sent = { method: "POST", body: "png", headers: { "content-type": "image/png" } };
    expect((await request(id, "/prod", sent)).json()).toMatchObject({ body: "cG5n", isBase64Encoded: true });
    const answer = { body: "cG5n", isBase64Encoded: true };
    const asked = { method: "POST", headers: { accept: "image/png", answer: JSON.stringify(answer) } };
    expect((await request(id, "/prod", asked)).text).toBe("png");
    // The first type of `Accept` decides, and nothing else.
    const accepting = (accept: string) => ({ ...asked, headers: { ...asked.headers, accept } });
    expect((await request(id, "/prod", accepting("text/html,image/png"))).text).toBe("cG5n");
    const broken = { method: "POST", headers: { accept: "image/png", answer: '{"body":"#","isBase64Encoded":true}' } };
    expect((await request(id, "/prod", broken)).status).toBe(500);
  });

  test("slashes before the stage and behind it are one where the path is looked for", async () => {
    const { restApiId: id } = await api({ "/{proxy+}": { get: lambda } });
    expect((await request(id, "//prod/a")).json()).toMatchObject({
      path: "/a",
      requestContext: { path: "/prod/a" },
    });
    expect((await request(id, "/prod//a")).json()).toMatchObject({
      path: "/a",
      pathParameters: { proxy: "a" },
      requestContext: { path: "/prod//a" },
    });
  });

  test("a caller's trace is kept, and the answer tells it", async () => {
    const { restApiId: id } = await api({ "/": { get: lambda } });
    const own = "Root=1-3152b799-8954dae64eda91bc9a23a7e8";
    const small = await request(id, "/prod", { headers: { "x-amzn-trace-id": own } });
    expect(small.headers["x-amzn-trace-id"]).toMatch(new RegExp(`^${own};Parent=[0-9a-f]{16};Sampled=0$`));
    const whole = `${own};Parent=7fa8c0f79203be72;Sampled=1`;
    const full = await request(id, "/prod", { headers: { "x-amzn-trace-id": whole } });
    expect(full.headers["x-amzn-trace-id"]).toBe(whole);
    expect(full.json()).toMatchObject({ headers: { "X-Amzn-Trace-Id": whole } });
  });

  test("an authorizer is called within the request's trace", async () => {
    const authorizer = { type: "token", authorizerUri: uri, authorizerResultTtlInSeconds: 0 };
    const guard = { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authorizer": authorizer };
    const code = `export const handler = async (event) => event.type
      ? { principalId: "me", context: { trace: process.env._X_AMZN_TRACE_ID }, policyDocument: { Statement: [
          { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" } ] } }
      : { body: event.requestContext.authorizer.trace };`;
    const paths = { "/": { get: { ...lambda, security: [{ guard: [] }] } } };
    const { restApiId: id } = await api(paths, { securityDefinitions: { guard } }, { code });
    const own = "Root=1-3152b799-8954dae64eda91bc9a23a7e8";
    const answer = await request(id, "/prod", { headers: { authorization: "x", "x-amzn-trace-id": own } });
    expect(answer.text).toContain(own);
  });

  test("a method other than POST fails with each request", async () => {
    const integration = { type: "aws_proxy", httpMethod: "GET", uri };
    const { restApiId: id } = await api({ "/": { get: { "x-amazon-apigateway-integration": integration } } });
    expect(await request(id, "/prod")).toMatchObject({ status: 500, text: '{"message": "Internal server error"}' });
  });

  test("a function that the gateway may not call is an internal error", async () => {
    await using closed = await restCloud();
    const { restApiId: id } = await closed.api({ "/": { get: lambda } }, {}, { allowed: false });
    expect(await closed.request(id, "/prod/")).toMatchObject({
      status: 500,
      text: '{"message": "Internal server error"}',
    });
  });
});

test("bodies are unpacked, and packed once the API that packs them is deployed", async () => {
  const { restApiId } = await api({ "/": { post: lambda } });
  const asked = { method: "POST", body: gzipSync("hello"), headers: { "content-encoding": "gzip" } };
  // AWS: the header still says what the body was.
  expect((await request(restApiId, "/prod", asked)).json()).toMatchObject({
    body: "hello",
    headers: { "Content-Encoding": "gzip" },
    isBase64Encoded: false,
  });
  expect(await request(restApiId, "/prod", { ...asked, body: "plain" })).toMatchObject({
    status: 415,
    text: '{"message":"Unsupported Media Type"}',
  });
  const patchOperations = [{ op: "replace" as const, path: "/minimumCompressionSize", value: "0" }];
  await apis.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
  const accepting = { method: "POST", headers: { "accept-encoding": "gzip" } };
  expect((await request(restApiId, "/prod", accepting)).headers).not.toHaveProperty("content-encoding");
  await apis.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
  expect((await request(restApiId, "/prod", accepting)).headers).toMatchObject({ "content-encoding": "gzip" });
});

describe("what the gateway answers itself", () => {
  test("for what is not there", async () => {
    const { restApiId: id } = await api({ "/a": { get: lambda } });
    expect(await request(id, "/prod/b")).toMatchObject({
      status: 403,
      headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" },
      text: '{"message":"Missing Authentication Token"}',
    });
    expect(await request(id, "/prod/a", { method: "PUT" })).toMatchObject({ status: 403 });
    expect(await request(id, "/other/a")).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
    expect(await request("abcdefghij", "/prod/a")).toMatchObject({ status: 404 });
  });

  test("in the API's own words", async () => {
    const { restApiId: id } = await api(
      { "/a": { get: lambda } },
      {
        "x-amazon-apigateway-gateway-responses": {
          DEFAULT_4XX: {
            statusCode: "404",
            responseParameters: {
              "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
              "gatewayresponse.header.X-Origin": "method.request.header.Origin",
              "gatewayresponse.header.X-Page": "method.request.querystring.page",
              "gatewayresponse.header.X-Stage": "context.stage",
            },
            responseTemplates: {
              "application/json":
                '{"said":$context.error.messageString,"c":"$stageVariables.color","p":"$method.request.querystring.page"}',
            },
          },
        },
      },
    );
    const answer = await request(id, "/prod/b?page=7", { headers: { origin: "http://a.example.com" } });
    expect(answer).toMatchObject({
      status: 404,
      headers: {
        "access-control-allow-origin": "*",
        "x-origin": "http://a.example.com",
        "x-page": "7",
        "x-stage": "prod",
      },
      text: '{"said":"Missing Authentication Token","c":"red","p":"7"}',
    });
    // What no header can carry is left out.
    expect((await request(id, "/prod/b?page=%0Ax")).headers).not.toHaveProperty("x-page");
  });

  test("for parameters that are missing", async () => {
    const { restApiId: id } = await api(
      {
        "/a": {
          get: {
            ...lambda,
            parameters: [{ name: "q", in: "query", required: true, type: "string" }],
            "x-amazon-apigateway-request-validator": "params",
          },
        },
      },
      { "x-amazon-apigateway-request-validators": { params: { validateRequestParameters: true } } },
    );
    expect(await request(id, "/prod/a")).toMatchObject({
      status: 400,
      text: '{"message":"Missing required request parameters: [q]"}',
    });
    expect((await request(id, "/prod/a?q=1")).status).toBe(200);
  });
});

test("a token authorizer decides, and its word is remembered", async () => {
  const { restApiId: id } = await api(
    { "/a": { get: { ...lambda, security: [{ Token: [] }] } } },
    {
      securityDefinitions: {
        Token: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "custom",
          "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: uri },
        },
      },
    },
  );
  const as = (authorization: string) => request(id, "/prod/a", { headers: { authorization } });
  expect(await request(id, "/prod/a")).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' });
  expect((await as("good")).json().requestContext.authorizer).toMatchObject({ principalId: "me", tier: "1" });
  expect((await as("good")).status).toBe(200);
  expect(await as("bad")).toMatchObject({
    status: 403,
    text: '{"Message":"User is not authorized to access this resource with an explicit deny"}',
  });
  expect((await as("broken")).status).toBe(401);
});

test("a stage shows what was deployed, until it is deployed anew", async () => {
  const { restApiId } = await api({ "/a": { get: lambda } });
  const body = Buffer.from(
    JSON.stringify({ openapi: "3.0.1", info: { title: "shop" }, paths: { "/b": { get: lambda } } }),
  );
  await apis.send(new PutRestApiCommand({ restApiId, mode: "overwrite", body }));
  expect((await request(restApiId, "/prod/a")).status).toBe(200);
  await apis.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
  expect((await request(restApiId, "/prod/a")).status).toBe(403);
  expect((await request(restApiId, "/prod/b")).status).toBe(200);
});
