import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateVpcLinkCommand,
  DeleteVpcLinkCommand,
  ExportApiCommand,
  type ExportApiCommandInput,
  GetRoutesCommand,
  GetTagsCommand,
  GetVpcLinkCommand,
  GetVpcLinksCommand,
  ImportApiCommand,
  UpdateVpcLinkCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
let apis: ApiGatewayV2Client;
beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(ApiGatewayV2Client as never) as ApiGatewayV2Client;
});
afterEach(() => cloud[Symbol.asyncDispose]());

const INTEGRATION = {
  payloadFormatVersion: "1.0",
  type: "http_proxy",
  httpMethod: "ANY",
  uri: "http://backend.example.com/items",
  connectionType: "INTERNET",
  timeoutInMillis: 5000,
};
const DOCUMENT = {
  openapi: "3.0.1",
  info: { title: "shop", description: "sells", version: "7" },
  "x-amazon-apigateway-cors": { allowOrigins: ["https://a.example.com"], maxAge: 60 },
  components: {
    securitySchemes: {
      tokens: {
        type: "oauth2",
        "x-amazon-apigateway-authorizer": {
          type: "jwt",
          identitySource: "$request.header.Authorization",
          jwtConfiguration: { issuer: "https://issuer.example.com", audience: ["shop"] },
        },
      },
    },
  },
  paths: {
    "/items/{id}": { get: { security: [{ tokens: ["read"] }], "x-amazon-apigateway-integration": INTEGRATION } },
    "/$default": { "x-amazon-apigateway-any-method": { "x-amazon-apigateway-integration": INTEGRATION } },
  },
};

const imported = (document: object) => apis.send(new ImportApiCommand({ Body: JSON.stringify(document) }));

const exported = async (ApiId: string | undefined, more: Partial<ExportApiCommandInput> = {}) => {
  const { body } = await apis.send(
    new ExportApiCommand({ ApiId, Specification: "OAS30", OutputType: "JSON", ...more }),
  );
  return Buffer.from(body ?? []).toString();
};

describe("exports", () => {
  test("a document that says the same as the one that was imported", async () => {
    const { ApiId } = await imported(DOCUMENT);
    const document = JSON.parse(await exported(ApiId));
    expect(document).toMatchObject({
      openapi: "3.0.1",
      info: DOCUMENT.info,
      servers: [{ url: `https://${ApiId}.execute-api.us-east-1.amazonaws.com` }],
      components: DOCUMENT.components,
      paths: {
        "/items/{id}": {
          get: {
            parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
            responses: { default: { description: "Default response for GET /items/{id}" } },
            security: [{ tokens: ["read"] }],
            "x-amazon-apigateway-integration": INTEGRATION,
          },
        },
        "/$default": { "x-amazon-apigateway-any-method": { isDefaultRoute: true } },
      },
      "x-amazon-apigateway-cors": DOCUMENT["x-amazon-apigateway-cors"],
      "x-amazon-apigateway-importexport-version": "1.0",
    });
    const again = await imported(document);
    expect(JSON.parse(await exported(again.ApiId))).toEqual({ ...document, servers: expect.anything() });
    const keys = async (id: string | undefined) =>
      (await apis.send(new GetRoutesCommand({ ApiId: id }))).Items?.map(({ RouteKey }) => RouteKey).sort();
    expect(await keys(again.ApiId)).toEqual(await keys(ApiId));
  });

  test("as YAML, and without extensions", async () => {
    const { ApiId } = await imported(DOCUMENT);
    const text = await exported(ApiId, { OutputType: "YAML", IncludeExtensions: false });
    expect(text).not.toContain("x-amazon");
    expect(Object.keys(parse(text).paths)).toEqual(["/items/{id}"]);
  });

  test("refusals", async () => {
    const { ApiId } = await imported(DOCUMENT);
    await expect(exported("none")).rejects.toThrow("Invalid API identifier specified");
    await expect(exported(ApiId, { Specification: "OAS20" })).rejects.toMatchObject({ name: "BadRequestException" });
    await expect(exported(ApiId, { OutputType: "XML" })).rejects.toMatchObject({ name: "BadRequestException" });
    await expect(exported(ApiId, { StageName: "none" })).rejects.toMatchObject({ name: "NotFoundException" });
    const sockets = await apis.send(
      new CreateApiCommand({ Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.do" }),
    );
    await expect(exported(sockets.ApiId)).rejects.toMatchObject({ name: "BadRequestException" });
  });
});

test("VPC links, from their making to their end", async () => {
  const given = { Name: "inner", SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"], Tags: { team: "web" } };
  const { VpcLinkId = "", VpcLinkStatus } = await apis.send(new CreateVpcLinkCommand(given));
  expect(VpcLinkStatus).toBe("PENDING");
  expect(await apis.send(new GetVpcLinkCommand({ VpcLinkId }))).toMatchObject({ ...given, VpcLinkStatus: "AVAILABLE" });
  expect(await apis.send(new UpdateVpcLinkCommand({ VpcLinkId, Name: "other" }))).toMatchObject({ Name: "other" });
  expect((await apis.send(new GetVpcLinksCommand({}))).Items).toMatchObject([{ VpcLinkId, Name: "other" }]);
  const ResourceArn = `arn:aws:apigateway:us-east-1::/vpclinks/${VpcLinkId}`;
  expect((await apis.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ team: "web" });
  // An integration that leads through a link keeps it.
  const integration = { ...INTEGRATION, connectionType: "VPC_LINK", connectionId: VpcLinkId };
  const { ApiId } = await imported({
    openapi: "3.0.1",
    info: { title: "shop" },
    paths: { "/": { get: { "x-amazon-apigateway-integration": integration } } },
  });
  await expect(apis.send(new DeleteVpcLinkCommand({ VpcLinkId }))).rejects.toThrow(
    `Cannot delete VPC link '${VpcLinkId}'. Referenced by integrations of API(s): ${ApiId}`,
  );
  const free = await apis.send(new CreateVpcLinkCommand({ ...given, Name: "free" }));
  await apis.send(new DeleteVpcLinkCommand({ VpcLinkId: free.VpcLinkId }));
  await expect(apis.send(new GetVpcLinkCommand({ VpcLinkId: free.VpcLinkId }))).rejects.toMatchObject({
    name: "NotFoundException",
  });
});
