import {
  CreateRestApiCommand,
  GetDeploymentsCommand,
  GetModelsCommand,
  GetModelTemplateCommand,
  GetResourcesCommand,
  GetStagesCommand,
  ImportRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { restApis } from "./testRestApis.ts";

const at = restApis();

const DOCUMENT = {
  swagger: "2.0",
  info: { title: "source" },
  "x-amazon-apigateway-binary-media-types": ["image/png"],
  "x-amazon-apigateway-request-validators": { all: { validateRequestBody: true, validateRequestParameters: true } },
  paths: {
    "/items/{id}": {
      post: {
        parameters: [{ in: "body", name: "Item", schema: { $ref: "#/definitions/Item" } }],
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-integration": { type: "mock" },
      },
    },
  },
  definitions: { Item: { type: "object", properties: { self: { $ref: "#/definitions/Item" } } } },
};

const resourcesOf = async (restApiId: string) =>
  (await at.apis.send(new GetResourcesCommand({ restApiId, embed: ["methods"] }))).items ?? [];

test("a clone has all that its source is made of, under ids of its own, and no stages", async () => {
  const source = await at.apis.send(new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(DOCUMENT)) }));
  const clone = await at.apis.send(new CreateRestApiCommand({ name: "clone", cloneFrom: source.id }));
  expect(clone).toMatchObject({ name: "clone", binaryMediaTypes: ["image/png"] });
  const [before, after] = [await resourcesOf(source.id ?? ""), await resourcesOf(clone.id ?? "")];
  expect(after.map(({ path }) => path).sort()).toEqual(before.map(({ path }) => path).sort());
  const ids = new Set(before.map(({ id }) => id));
  expect(after.some(({ id }) => ids.has(id))).toBe(false);
  const item = after.find(({ path }) => path === "/items/{id}");
  expect(after.find(({ id }) => id === item?.parentId)?.path).toBe("/items");
  const method = item?.resourceMethods?.["POST"];
  expect(method?.methodIntegration?.cacheNamespace).toBe(item?.id);
  expect(method?.requestModels).toEqual({ "application/json": "Item" });
  const validated = before.find(({ path }) => path === "/items/{id}")?.resourceMethods?.["POST"]?.requestValidatorId;
  expect(method?.requestValidatorId).not.toBe(validated);
  const { items: models = [] } = await at.apis.send(new GetModelsCommand({ restApiId: clone.id }));
  expect(models.map(({ name }) => name)).toEqual(["Item"]);
  expect(models[0]?.schema).toContain(`/restapis/${clone.id}/models/Item`);
  expect((await at.apis.send(new GetStagesCommand({ restApiId: clone.id }))).item).toEqual([]);
  expect((await at.apis.send(new GetDeploymentsCommand({ restApiId: clone.id }))).items).toEqual([]);
});

test("an API that is not there cannot be cloned; a model's template", async () => {
  await expect(at.apis.send(new CreateRestApiCommand({ name: "clone", cloneFrom: "none" }))).rejects.toThrow(
    "Invalid API identifier specified",
  );
  const { id: restApiId } = await at.apis.send(new CreateRestApiCommand({ name: "shop" }));
  const { value } = await at.apis.send(new GetModelTemplateCommand({ restApiId, modelName: "Error" }));
  expect(value).toBe(`#set($inputRoot = $input.path('$'))\n{\n  "message" : "foo"\n}`);
});
