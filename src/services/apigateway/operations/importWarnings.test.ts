import {
  GetIntegrationCommand,
  GetModelCommand,
  GetResourcesCommand,
  ImportRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { restApis } from "../testRestApis.ts";

const at = restApis();

const DOCUMENT = {
  swagger: "2.0",
  info: { title: "shop", version: "1" },
  definitions: { Item: { type: "object", description: "One item" } },
  paths: {
    "/items": {
      get: {
        responses: {},
        "x-amazon-apigateway-integration": {
          type: "http_proxy",
          httpMethod: "GET",
          uri: "http://example.com",
          requestParameters: { "integration.request.header.a": "'a'", "integration.request.header.b": true },
        },
      },
    },
  },
};
const body = Buffer.from(JSON.stringify(DOCUMENT));
const WARNING =
  "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.b' of resource '/items' and method 'GET' but got 'true'";

test("parameters that are no texts are left out with a warning; models keep what describes them", async () => {
  const { id: restApiId = "", warnings } = await at.apis.send(new ImportRestApiCommand({ body }));
  expect(warnings).toEqual([WARNING]);
  const { items = [] } = await at.apis.send(new GetResourcesCommand({ restApiId }));
  const resourceId = items.find(({ path }) => path === "/items")?.id ?? "";
  const { requestParameters } = await at.apis.send(
    new GetIntegrationCommand({ restApiId, resourceId, httpMethod: "GET" }),
  );
  expect(requestParameters).toEqual({ "integration.request.header.a": "'a'" });
  const { description } = await at.apis.send(new GetModelCommand({ restApiId, modelName: "Item" }));
  expect(description).toBe("One item");
});

test("a warning names the resource as it is made, below a base path that is prepended", async () => {
  const based = Buffer.from(JSON.stringify({ ...DOCUMENT, basePath: "/v1" }));
  const { warnings } = await at.apis.send(
    new ImportRestApiCommand({ body: based, parameters: { basepath: "prepend" } }),
  );
  expect(warnings).toEqual([WARNING.replace("'/items'", "'/v1/items'")]);
});

test("a warning refuses the document where that is asked for", async () => {
  await expect(at.apis.send(new ImportRestApiCommand({ body, failOnWarnings: true }))).rejects.toThrow(WARNING);
});
