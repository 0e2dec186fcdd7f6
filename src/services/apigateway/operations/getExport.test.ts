import { GetExportCommand, ImportRestApiCommand } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type RestCloud, restCloud, uri } from "../dataPlane/executeRestFixture.ts";

let cloud: RestCloud;

beforeAll(async () => {
  cloud = await restCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const integration = {
  type: "http",
  httpMethod: "GET",
  uri: "http://127.0.0.1:1/{id}",
  requestParameters: { "integration.request.path.id": "method.request.path.id" },
  responses: { default: { statusCode: "200" } },
  passthroughBehavior: "when_no_match",
};
const PATHS = {
  "/pets/{id}": {
    get: {
      operationId: "GetPet",
      produces: ["application/json"],
      parameters: [{ name: "id", in: "path", required: true, type: "string" }],
      responses: {
        200: {
          description: "200 response",
          schema: { $ref: "#/definitions/Pet" },
          headers: { Age: { type: "string" } },
        },
      },
      security: [{ guard: [] }, { api_key: [] }],
      "x-amazon-apigateway-integration": integration,
    },
  },
};
const MORE = {
  definitions: {
    Pet: { type: "object", properties: { kind: { $ref: "#/definitions/Kind" } } },
    Kind: { type: "string" },
    Unused: { type: "string" },
  },
  "x-amazon-apigateway-binary-media-types": ["image/png"],
  securityDefinitions: {
    api_key: { type: "apiKey", name: "x-api-key", in: "header" },
    guard: {
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: uri },
    },
  },
};

const exported = async (restApiId: string, more: object) => {
  const input = { restApiId, stageName: "prod", exportType: "swagger", ...more };
  const { body, ...rest } = await cloud.apis.send(new GetExportCommand(input));
  return { ...rest, text: Buffer.from(body ?? "").toString() };
};

test("Swagger, without and with extensions", async () => {
  const { restApiId } = await cloud.api(PATHS, MORE);
  const plain = await exported(restApiId, {});
  expect(plain).toMatchObject({
    contentType: "application/octet-stream",
    contentDisposition: 'attachment; filename="swagger_1.json"',
  });
  const { "x-amazon-apigateway-integration": _, ...get } = PATHS["/pets/{id}"].get;
  const document = {
    swagger: "2.0",
    info: { title: "shop", version: "1" },
    host: `${restApiId}.execute-api.us-east-1.amazonaws.com`,
    basePath: "/prod",
    schemes: ["https"],
    paths: { "/pets/{id}": { get } },
    definitions: { Pet: MORE.definitions.Pet, Kind: MORE.definitions.Kind },
  };
  const { securityDefinitions, ...rest } = JSON.parse(plain.text);
  expect(rest).toEqual(document);
  expect(securityDefinitions.guard["x-amazon-apigateway-authorizer"]).toBeUndefined();
  const whole = JSON.parse((await exported(restApiId, { parameters: { extensions: "apigateway" } })).text);
  expect(whole).toEqual({
    ...document,
    paths: PATHS,
    securityDefinitions: MORE.securityDefinitions,
    "x-amazon-apigateway-binary-media-types": ["image/png"],
  });
  // What is written is read again as it was.
  const again = await cloud.apis.send(new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(whole)) }));
  expect(again).toMatchObject({ name: "shop", binaryMediaTypes: ["image/png"] });
});

test("OpenAPI 3, as JSON and as YAML", async () => {
  const { restApiId } = await cloud.api(PATHS, MORE);
  const asked = { exportType: "oas30", parameters: { extensions: "integrations" } };
  const document = JSON.parse((await exported(restApiId, asked)).text);
  expect(document).toMatchObject({
    openapi: "3.0.1",
    servers: [
      {
        url: `https://${restApiId}.execute-api.us-east-1.amazonaws.com/{basePath}`,
        variables: { basePath: { default: "prod" } },
      },
    ],
    components: { schemas: { Pet: { properties: { kind: { $ref: "#/components/schemas/Kind" } } } } },
  });
  expect(document.paths["/pets/{id}"].get).toEqual({
    operationId: "GetPet",
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    responses: {
      200: {
        description: "200 response",
        headers: { Age: { schema: { type: "string" } } },
        content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
      },
    },
    security: [{ guard: [] }, { api_key: [] }],
    "x-amazon-apigateway-integration": integration,
  });
  const yaml = await exported(restApiId, { ...asked, accepts: "application/yaml" });
  expect(yaml.contentDisposition).toBe('attachment; filename="oas30_1.yaml"');
  expect(parse(yaml.text)).toEqual(document);
});

test("refusals", async () => {
  const { restApiId } = await cloud.api(PATHS, MORE);
  await expect(exported(restApiId, { stageName: "none" })).rejects.toMatchObject({
    name: "NotFoundException",
    message: "Invalid stage identifier specified",
  });
  await expect(exported(restApiId, { exportType: "a" })).rejects.toMatchObject({
    name: "BadRequestException",
    message: "No API exporter for type 'a'",
  });
  await expect(exported(restApiId, { accepts: "text/plain" })).rejects.toMatchObject({ name: "BadRequestException" });
});
