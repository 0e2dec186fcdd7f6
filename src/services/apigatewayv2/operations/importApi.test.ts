import {
  ApiGatewayV2Client,
  CreateApiCommand,
  ExportApiCommand,
  GetAuthorizersCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  ImportApiCommand,
  type ImportApiCommandInput,
  ReimportApiCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
let apis: ApiGatewayV2Client;
beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(ApiGatewayV2Client as never) as ApiGatewayV2Client;
});
afterEach(() => cloud[Symbol.asyncDispose]());

const INTEGRATION = { type: "http_proxy", httpMethod: "GET", uri: "http://example.com", payloadFormatVersion: 1 };
const operation = { "x-amazon-apigateway-integration": INTEGRATION };
const bodyOf = (more: object) => JSON.stringify({ openapi: "3.0.1", info: { title: "shop" }, ...more });

const imported = async (more: object, input: Partial<ImportApiCommandInput> = {}) => {
  const { ApiId } = await apis.send(new ImportApiCommand({ Body: bodyOf(more), ...input }));
  const [routes, integrations, authorizers] = await Promise.all([
    apis.send(new GetRoutesCommand({ ApiId })),
    apis.send(new GetIntegrationsCommand({ ApiId })),
    apis.send(new GetAuthorizersCommand({ ApiId })),
  ]);
  return { ApiId, routes: routes.Items, integrations: integrations.Items, authorizers: authorizers.Items };
};

describe("what a document's routes ask of their callers", () => {
  const components = {
    securitySchemes: {
      signed: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
      tokens: {
        type: "openIdConnect",
        openIdConnectUrl: "https://issuer.example.com/.well-known/openid-configuration",
        "x-amazon-apigateway-authorizer": {
          type: "jwt",
          identitySource: "$request.header.Authorization",
          jwtConfiguration: { audience: ["shop"] },
        },
      },
    },
  };
  const typesOf = async (more: object) => {
    const { routes = [] } = await imported({ components, ...more });
    return Object.fromEntries(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]));
  };

  test("signatures, tokens, or nothing, by the operation before the document", async () => {
    const types = await typesOf({
      security: [{ signed: [] }],
      paths: {
        "/signed": { get: operation },
        "/open": { get: { ...operation, security: [] } },
        "/tokens": { get: { ...operation, security: [{ tokens: ["read"] }] } },
        "/own": { get: { ...operation, "x-amazon-apigateway-auth": { type: "none" } } },
        "/said": { get: { ...operation, security: [], "x-amazon-apigateway-auth": { type: "aws_iam" } } },
      },
    });
    expect(types).toEqual({
      "GET /signed": "AWS_IAM",
      "GET /open": "NONE",
      "GET /tokens": "JWT",
      "GET /own": "NONE",
      "GET /said": "AWS_IAM",
    });
  });

  test("an issuer is found by its discovery address, and signatures are exported", async () => {
    const { ApiId, authorizers } = await imported({
      components,
      paths: { "/": { get: { ...operation, security: [{ signed: [] }] } } },
    });
    expect(authorizers).toMatchObject([
      { JwtConfiguration: { Issuer: "https://issuer.example.com", Audience: ["shop"] } },
    ]);
    const { body } = await apis.send(new ExportApiCommand({ ApiId, Specification: "OAS30", OutputType: "JSON" }));
    const { get } = JSON.parse(Buffer.from(body ?? []).toString()).paths["/"];
    expect(get["x-amazon-apigateway-auth"]).toEqual({ type: "AWS_IAM" });
  });

  test("two authorizers of one route are refused", async () => {
    const both = [{ signed: [], tokens: [] }];
    await expect(typesOf({ paths: { "/": { get: { ...operation, security: both } } } })).rejects.toThrow(
      "Multiple security requirements are not supported",
    );
  });
});

test("integrations keep what the document says of them, with AWS's variables filled in", async () => {
  const { ApiId, integrations } = await imported({
    servers: [{ url: "/", "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } }],
    paths: {
      "/": {
        get: {
          "x-amazon-apigateway-integration": {
            ...INTEGRATION,
            uri: "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:hello",
            type: "aws_proxy",
            payloadFormatVersion: 2,
            requestParameters: { "overwrite:header.a": "1" },
            responseParameters: { "200": { "overwrite:header.b": "2" } },
            tlsConfig: { serverNameToVerify: "example.com" },
          },
        },
      },
    },
  });
  expect(integrations).toMatchObject([
    {
      IntegrationUri: `arn:aws:lambda:us-east-1:${TEST_ACCOUNT}:function:hello`,
      PayloadFormatVersion: "2.0",
      RequestParameters: { "overwrite:header.a": "1" },
      ResponseParameters: { "200": { "overwrite:header.b": "2" } },
      TlsConfig: { ServerNameToVerify: "example.com" },
    },
  ]);
  const { body } = await apis.send(new ExportApiCommand({ ApiId, Specification: "OAS30", OutputType: "JSON" }));
  const document = JSON.parse(Buffer.from(body ?? []).toString());
  expect(document.servers[0]["x-amazon-apigateway-endpoint-configuration"]).toEqual({
    disableExecuteApiEndpoint: true,
  });
  expect(document.paths["/"].get["x-amazon-apigateway-integration"]).toMatchObject({
    responseParameters: { "200": { "overwrite:header.b": "2" } },
    tlsConfig: { serverNameToVerify: "example.com" },
  });
});

test("a version without quotes stays what it is in YAML", async () => {
  const Body = `openapi: 3.0.1
info:
  title: shop
  version: 2.0
paths:
  /items:
    get:
      x-amazon-apigateway-integration: {type: HTTP_PROXY, httpMethod: GET, uri: http://example.com, payloadFormatVersion: 1.0}
`;
  expect(await apis.send(new ImportApiCommand({ Body }))).toMatchObject({ Version: "2.0" });
});

test("a base path is ignored, put before the routes, or split", async () => {
  const keys = async (Basepath?: string) => {
    const document = { servers: [{ url: "https://example.com/a/b" }], paths: { "/e": { get: operation } } };
    return (await imported(document, { Basepath })).routes?.map(({ RouteKey }) => RouteKey);
  };
  expect([await keys(), await keys("prepend"), await keys("split")]).toEqual([
    ["GET /e"],
    ["GET /a/b/e"],
    ["GET /b/e"],
  ]);
  await expect(keys("append")).rejects.toThrow("Invalid basepath append");
});

test("what is not taken is warned of, and refused where that is asked for", async () => {
  const { ApiId } = await apis.send(new CreateApiCommand({ Name: "before", ProtocolType: "HTTP" }));
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Gone" } } };
  const Body = bodyOf({
    paths: {
      "/update": {
        get: { ...operation, responses: { 200: { description: "", content } } },
        post: { "x-amazon-apigateway-integration": { ...INTEGRATION, type: "AWS" } },
      },
    },
  });
  const missing =
    "Parse issue: attribute paths.'/update'(get).responses.200.content.schema.#/components/schemas/Gone is missing";
  await expect(apis.send(new ReimportApiCommand({ ApiId, Body, FailOnWarnings: true }))).rejects.toThrow(
    `Warnings found during import:\n\t${missing}\n\tUnsupported integration type AWS for the route POST /update`,
  );
  const { Name, Warnings = [] } = await apis.send(new ReimportApiCommand({ ApiId, Body }));
  expect([Name, Warnings.length, Warnings[0]]).toEqual(["shop", 2, missing]);
});
