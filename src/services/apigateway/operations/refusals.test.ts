import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  DeleteGatewayResponseCommand,
  DeleteModelCommand,
  GetRestApiCommand,
  GetUsagePlanCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateGatewayResponseCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  UpdateRequestValidatorCommand,
  UpdateResourceCommand,
  UpdateRestApiCommand,
  UpdateUsagePlanCommand,
} from "@aws-sdk/client-api-gateway";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

let cloud: TestCloud;
let apis: APIGatewayClient;
let restApiId: string;
let resourceId: string;
beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(APIGatewayClient as never) as APIGatewayClient;
  const api = await apis.send(new CreateRestApiCommand({ name: "shop" }));
  restApiId = api.id ?? "";
  resourceId = api.rootResourceId ?? "";
});
afterEach(() => cloud[Symbol.asyncDispose]());

const refused = (command: unknown) => refusal(apis.send(command as never));
const patchOperations = (op: string, path: string, value?: string): PatchOperation[] => [
  { op: op as never, path, ...(value === undefined ? {} : { value }) },
];

describe("what the model forbids", () => {
  test("is told of the body first, below the operation's input", async () => {
    const method = { restApiId, resourceId, httpMethod: "GET" };
    await apis.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
    expect(await refused(new PutIntegrationCommand({ ...method, type: "HTTPS" as never }))).toBe(
      "ValidationException: 1 validation error detected: Value 'HTTPS' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
    );
    const endpointConfiguration = { types: ["INNER" as never] };
    expect(await refused(new CreateRestApiCommand({ name: "x", endpointConfiguration }))).toBe(
      "ValidationException: 1 validation error detected: Value '[INNER]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]",
    );
    const response = { ...method, statusCode: "wrong", patchOperations: patchOperations("swap", "/a") };
    expect(await refused(new UpdateMethodResponseCommand(response))).toBe(
      "ValidationException: 2 validation errors detected: Value 'swap' at 'updateMethodResponseInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]; Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
    );
  });
});

test("integrations' addresses", async () => {
  const method = { restApiId, resourceId, httpMethod: "GET" };
  await apis.send(new PutMethodCommand({ ...method, authorizationType: "none" }));
  const put = (type: string, uri: string) =>
    refused(new PutIntegrationCommand({ ...method, type: type as never, integrationHttpMethod: "POST", uri }));
  const lambda = "arn:aws:lambda:us-east-1:123456789012:function:hello";
  const service = "arn:aws:apigateway:us-east-1";
  expect(await put("HTTP", "nowhere")).toMatch(/Invalid HTTP endpoint specified for URI$/);
  expect(await put("AWS", "nowhere")).toMatch(/Invalid ARN specified in the request$/);
  expect(await put("AWS_PROXY", lambda)).toMatch(/AWS ARN for integration must contain path or action$/);
  expect(await put("AWS_PROXY", `${service}:s3:path/b/k`)).toMatch(
    /Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations\.$/,
  );
  expect(await put("AWS_PROXY", `${service}:lambda:path/2015-03-31/functions/${lambda}/invocations`)).toBeUndefined();
  const made = await apis.send(
    new PutIntegrationCommand({ ...method, type: "HTTP", integrationHttpMethod: "POST", uri: "http://example.com" }),
  );
  expect(made).toMatchObject({ connectionType: "INTERNET", uri: "http://example.com" });
});

test("usage plans", async () => {
  expect(await refused(new UpdateUsagePlanCommand({ usagePlanId: "none" }))).toBe(
    "NotFoundException: Invalid Usage Plan ID specified",
  );
  const { id: usagePlanId = "" } = await apis.send(new CreateUsagePlanCommand({ name: "gold" }));
  const stages = patchOperations("add", "/apiStages", `${restApiId}:none`);
  expect(await refused(new UpdateUsagePlanCommand({ usagePlanId, patchOperations: stages }))).toBe(
    `NotFoundException: Invalid API Stage {api: ${restApiId}, stage: none} specified for usageplan ${usagePlanId}`,
  );
  expect(await apis.send(new GetUsagePlanCommand({ usagePlanId }))).toMatchObject({ name: "gold", tags: {} });
});

describe("patches", () => {
  const api = (op: string, path: string, value?: string) =>
    refused(new UpdateRestApiCommand({ restApiId, patchOperations: patchOperations(op, path, value) }));

  test("of an API", async () => {
    expect(await api("add", "/binaryMediaTypes", "image/png")).toMatch(/: Invalid patch path \/binaryMediaTypes$/);
    expect(await api("add", "/minimumCompressionSize", "10")).toMatch(/Must be one of: \[replace\]$/);
    expect(await api("replace", "/minimumCompressionSize", "much")).toMatch(/must be between 0 and 10485760$/);
    expect(await api("replace", "/endpointConfiguration/types/0", "WORLD")).toMatch(
      /Valid options are REGIONAL,EDGE,PRIVATE$/,
    );
    expect(await api("replace", "/endpointConfiguration/types/EDGE", "REGIONAL")).toBeUndefined();
    await api("add", "/binaryMediaTypes/image~1png");
    await api("add", "/binaryMediaTypes/image~1gif");
    await api("replace", "/binaryMediaTypes/image~1png", "image/webp");
    const shown = await apis.send(new GetRestApiCommand({ restApiId }));
    expect(shown).toMatchObject({
      binaryMediaTypes: ["image/gif", "image/webp"],
      endpointConfiguration: { types: ["REGIONAL"] },
    });
    expect(shown).toHaveProperty("tags", {});
  });

  test("of what takes nothing but replacements", async () => {
    const { id: requestValidatorId = "" } = await apis.send(
      new CreateRequestValidatorCommand({ restApiId, name: "all" }),
    );
    const validator = (op: string, path: string, value?: string) =>
      refused(
        new UpdateRequestValidatorCommand({
          restApiId,
          requestValidatorId,
          patchOperations: patchOperations(op, path, value),
        }),
      );
    expect(await validator("add", "/validateRequestBody", "true")).toBe(
      "BadRequestException: Invalid patch path  '/validateRequestBody' specified for op 'add'. Please choose supported operations",
    );
    expect(await validator("replace", "/size", "1")).toBe(
      "BadRequestException: Invalid patch path  '/size' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
    );
    expect(await validator("replace", "/name", "")).toMatch(/Request Validator name cannot be blank$/);
    const root = { restApiId, resourceId, patchOperations: patchOperations("replace", "/pathPart", "a") };
    expect(await refused(new UpdateResourceCommand(root))).toMatch(/Root resource cannot update its pathPart\.$/);
  });

  test("of maps, which have what is replaced or removed", async () => {
    const gateway = (op: string, path: string, value?: string) =>
      refused(
        new UpdateGatewayResponseCommand({
          restApiId,
          responseType: "DEFAULT_4XX",
          patchOperations: patchOperations(op, path, value),
        }),
      );
    expect(await gateway("add", "/statusCode", "404")).toMatch(/Invalid patch path \/statusCode$/);
    expect(await gateway("replace", "/responseParameters/gatewayresponse.header.a", "'b'")).toBe(
      "NotFoundException: Invalid parameter name specified",
    );
    expect(await gateway("replace", "/responseTemplates/application~1json")).toMatch(
      /Invalid null or empty value in responseTemplates$/,
    );
    const other = new DeleteGatewayResponseCommand({ restApiId, responseType: "THROTTLED" });
    expect(await refused(other)).toBe("NotFoundException: Gateway response type not defined on api");
    const method = { restApiId, resourceId, httpMethod: "GET" };
    await apis.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
    await apis.send(new PutMethodResponseCommand({ ...method, statusCode: "200" }));
    const models = patchOperations("remove", "/responseModels/application~1json");
    expect(
      await refused(new UpdateMethodResponseCommand({ ...method, statusCode: "200", patchOperations: models })),
    ).toBe("NotFoundException: Content-Type specified was not found");
  });
});

describe("parts", () => {
  test("of an API that is not there are missing themselves, in each operation's words", async () => {
    const gone = { restApiId: "none" };
    expect(await refused(new CreateRequestValidatorCommand({ ...gone, name: "a" }))).toBe(
      "BadRequestException: Invalid REST API identifier specified",
    );
    expect(await refused(new CreateResourceCommand({ ...gone, parentId: "a", pathPart: "b" }))).toBe(
      "NotFoundException: Invalid Resource identifier specified",
    );
    expect(await refused(new CreateAuthorizerCommand({ ...gone, name: "a", type: "TOKEN" }))).toMatch(
      /^ConflictException: Unable to complete operation due to concurrent modification/,
    );
    expect(await refused(new DeleteModelCommand({ ...gone, modelName: "Pet" }))).toBe(
      "NotFoundException: Invalid model name specified: Pet",
    );
  });

  test("that would clash or are in use", async () => {
    await apis.send(new CreateResourceCommand({ restApiId, parentId: resourceId, pathPart: "{proxy+}" }));
    expect(await refused(new CreateResourceCommand({ restApiId, parentId: resourceId, pathPart: "{id}" }))).toMatch(
      /A sibling \(\{proxy\+\}\) of this resource already has a variable path part/,
    );
    const model = { restApiId, name: "Pet", contentType: "application/json" };
    expect(await refused(new CreateModelCommand(model))).toMatch(/must have at least 1 property or array items/);
    await apis.send(new CreateModelCommand({ ...model, schema: '{"type":"object"}' }));
    const method = { restApiId, resourceId, httpMethod: "ANY" };
    const put = (requestModels: Record<string, string>) =>
      refused(new PutMethodCommand({ ...method, authorizationType: "NONE", requestModels }));
    expect(await put({ "application/json": "Cat" })).toMatch(/Invalid model identifier specified: Cat$/);
    expect(await put({ "application/json": "Pet" })).toBeUndefined();
    expect(await refused(new DeleteModelCommand({ restApiId, modelName: "Pet" }))).toBe(
      "ConflictException: Cannot delete model 'Pet', is referenced in method request: //ANY",
    );
    const names = ["header", "querystring"].map((place) => [`method.request.${place}.a`, true]);
    const operations = names.flatMap(([name]) => patchOperations("add", `/requestParameters/${name}`, "true"));
    expect(await refused(new UpdateMethodCommand({ ...method, patchOperations: operations }))).toMatch(
      /Parameter names must be unique across querystring, header and path$/,
    );
  });
});
