import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteResourceCommand,
  GetGatewayResponsesCommand,
  GetModelsCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetTagsCommand,
  ImportRestApiCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  TagResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
let apis: APIGatewayClient;
let restApiId: string;
let rootId: string;

beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(APIGatewayClient as never) as APIGatewayClient;
  const made = await apis.send(new CreateRestApiCommand({ name: "shop", tags: { team: "a" } }));
  restApiId = made.id ?? "";
  rootId = made.rootResourceId ?? "";
});
afterEach(() => cloud[Symbol.asyncDispose]());

const method = (httpMethod = "GET") =>
  apis.send(new PutMethodCommand({ restApiId, resourceId: rootId, httpMethod, authorizationType: "NONE" }));
const mock = (requestTemplates = { "application/json": '{"statusCode": 200}' }) =>
  apis.send(
    new PutIntegrationCommand({ restApiId, resourceId: rootId, httpMethod: "GET", type: "MOCK", requestTemplates }),
  );
const deployed = async () => {
  await method();
  await mock();
  return apis.send(new CreateDeploymentCommand({ restApiId, stageName: "dev" }));
};

describe("shape", () => {
  test("of an API, its patches and its tags", async () => {
    expect(await apis.send(new GetRestApiCommand({ restApiId }))).toMatchObject({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      name: "shop",
      createdDate: expect.any(Date),
      apiKeySource: "HEADER",
      endpointConfiguration: { types: ["EDGE"] },
      rootResourceId: rootId,
      tags: { team: "a" },
    });
    const patchOperations = [
      { op: "replace" as const, path: "/name", value: "store" },
      { op: "add" as const, path: "/binaryMediaTypes/image~1png" },
    ];
    const patched = await apis.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    expect(patched).toMatchObject({ name: "store", binaryMediaTypes: ["image/png"] });
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`;
    await apis.send(new TagResourceCommand({ resourceArn, tags: { b: "2" } }));
    expect((await apis.send(new GetTagsCommand({ resourceArn }))).tags).toEqual({ team: "a", b: "2" });
    expect((await apis.send(new GetModelsCommand({ restApiId }))).items?.map(({ name }) => name)).toEqual([
      "Empty",
      "Error",
    ]);
    const { items = [] } = await apis.send(new GetGatewayResponsesCommand({ restApiId }));
    expect(items.find(({ responseType }) => responseType === "UNAUTHORIZED")).toMatchObject({
      statusCode: "401",
      defaultResponse: true,
    });
  });

  test("of resources with their methods", async () => {
    const made = await apis.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: "items" }));
    const child = await apis.send(new CreateResourceCommand({ restApiId, parentId: made.id, pathPart: "{id}" }));
    expect(child).toMatchObject({ parentId: made.id, pathPart: "{id}", path: "/items/{id}" });
    await method();
    const { items = [] } = await apis.send(new GetResourcesCommand({ restApiId, embed: ["methods"] }));
    expect(items.find(({ path }) => path === "/")?.resourceMethods).toMatchObject({
      GET: { httpMethod: "GET", authorizationType: "NONE", apiKeyRequired: false },
    });
    await apis.send(new DeleteResourceCommand({ restApiId, resourceId: made.id }));
    expect((await apis.send(new GetResourcesCommand({ restApiId }))).items).toHaveLength(1);
  });

  test("of stages", async () => {
    await deployed();
    const patchOperations = [
      { op: "replace" as const, path: "/variables/color", value: "red" },
      { op: "replace" as const, path: "/*/*/throttling/rateLimit", value: "5" },
      { op: "replace" as const, path: "/accessLogSettings/format", value: "$context.requestId" },
    ];
    expect(await apis.send(new UpdateStageCommand({ restApiId, stageName: "dev", patchOperations }))).toMatchObject({
      variables: { color: "red" },
      methodSettings: { "*/*": { throttlingRateLimit: 5 } },
      accessLogSettings: { format: "$context.requestId" },
    });
  });
});

describe("refusals", () => {
  const refused = (name: string, message: unknown = expect.any(String)) => ({ name, message });

  test("what is not there", async () => {
    await expect(apis.send(new GetRestApiCommand({ restApiId: "nothing" }))).rejects.toMatchObject(
      refused("NotFoundException", "Invalid API identifier specified 123456789012:nothing"),
    );
    await expect(apis.send(new CreateDeploymentCommand({ restApiId }))).rejects.toMatchObject(
      refused("BadRequestException", "The REST API doesn't contain any methods"),
    );
    await method();
    await expect(apis.send(new CreateDeploymentCommand({ restApiId }))).rejects.toMatchObject(
      refused("BadRequestException", "No integration defined for method"),
    );
    await mock();
    const key = { restApiId, resourceId: rootId, httpMethod: "GET", statusCode: "200" };
    await expect(
      apis.send(new PutIntegrationResponseCommand({ ...key, responseTemplates: { json: "{}" } })),
    ).rejects.toMatchObject(
      refused("BadRequestException", expect.stringContaining("Invalid content type specified: json")),
    );
    await apis.send(new PutMethodResponseCommand(key));
    await apis.send(new PutIntegrationResponseCommand(key));
  });

  test("what is there already, or in use", async () => {
    const { id: deploymentId } = await deployed();
    await expect(method()).rejects.toMatchObject(
      refused("ConflictException", "Method already exists for this resource"),
    );
    await expect(
      apis.send(new CreateStageCommand({ restApiId, stageName: "dev", deploymentId })),
    ).rejects.toMatchObject(refused("ConflictException", "Stage already exists"));
    await expect(apis.send(new DeleteDeploymentCommand({ restApiId, deploymentId }))).rejects.toMatchObject(
      refused("BadRequestException", "Active stages pointing to this deployment must be moved or deleted"),
    );
    await apis.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: "a" }));
    await expect(
      apis.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: "a" })),
    ).rejects.toMatchObject(
      refused("ConflictException", "Another resource with the same parent already has this name: a"),
    );
    await expect(
      apis.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: "a b" })),
    ).rejects.toMatchObject(refused("BadRequestException"));
  });

  test("what is not built, by its name", async () => {
    await expect(
      apis.send(new CreateAuthorizerCommand({ restApiId, name: "pool", type: "COGNITO_USER_POOLS" })),
    ).rejects.toMatchObject({ name: "NotImplemented", message: expect.stringContaining("Cognito") });
  });

  test("a template that cannot be read", async () => {
    await method();
    await expect(mock({ "application/json": "#set($a = )" })).rejects.toMatchObject(
      refused("BadRequestException", expect.stringContaining("Invalid mapping template specified")),
    );
  });

  test.each([
    ["not json: [", "Invalid OpenAPI input"],
    ['{"swagger":"1.2"}', "unsupported version"],
  ])("the document %s", async (body, message) => {
    await expect(apis.send(new ImportRestApiCommand({ body: Buffer.from(body) }))).rejects.toMatchObject(
      refused("BadRequestException", expect.stringContaining(message)),
    );
  });
});
