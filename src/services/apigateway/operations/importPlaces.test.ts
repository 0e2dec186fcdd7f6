import {
  GetMethodCommand,
  GetResourcesCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { restApis } from "../testRestApis.ts";

const at = restApis();

const mock = { responses: {}, "x-amazon-apigateway-integration": { type: "mock" } };
const bodyOf = (more: object) =>
  Buffer.from(JSON.stringify({ swagger: "2.0", info: { title: "shop", version: "1" }, ...more }));

const resourcesOf = async (restApiId: string) =>
  (await at.apis.send(new GetResourcesCommand({ restApiId }))).items ?? [];

test("a base path is ignored, put before the resources, or split", async () => {
  const body = bodyOf({ basePath: "/a/b", paths: { "/e": { get: mock } } });
  const paths = async (parameters?: Record<string, string>) => {
    const { id = "" } = await at.apis.send(new ImportRestApiCommand({ body, ...(parameters ? { parameters } : {}) }));
    return (await resourcesOf(id)).map(({ path }) => path).sort();
  };
  expect(await paths()).toEqual(["/", "/e"]);
  expect(await paths({ basepath: "prepend" })).toEqual(["/", "/a", "/a/b", "/a/b/e"]);
  expect(await paths({ basepath: "split" })).toEqual(["/", "/b", "/b/e"]);
  await expect(paths({ basepath: "append" })).rejects.toMatchObject({ name: "BadRequestException" });
});

test("an API is put with its base path, and an operation's own word of authorization counts", async () => {
  const { id: restApiId = "" } = await at.apis.send(new ImportRestApiCommand({ body: bodyOf({ paths: {} }) }));
  const signed = { ...mock, "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
  const body = bodyOf({ basePath: "/v1", paths: { "/e": { get: signed } } });
  await at.apis.send(new PutRestApiCommand({ restApiId, body, mode: "merge", parameters: { basepath: "prepend" } }));
  const resourceId = (await resourcesOf(restApiId)).find(({ path }) => path === "/v1/e")?.id;
  const method = await at.apis.send(new GetMethodCommand({ restApiId, resourceId, httpMethod: "GET" }));
  expect(method.authorizationType).toBe("AWS_IAM");
});
