import {
  APIGatewayClient,
  CreateDocumentationPartCommand,
  CreateDocumentationVersionCommand,
  CreateRestApiCommand,
  DeleteDocumentationPartCommand,
  DeleteDocumentationVersionCommand,
  GetDocumentationPartCommand,
  GetDocumentationPartsCommand,
  GetDocumentationVersionsCommand,
  ImportDocumentationPartsCommand,
  ImportRestApiCommand,
  UpdateDocumentationPartCommand,
  UpdateDocumentationVersionCommand,
} from "@aws-sdk/client-api-gateway";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

let cloud: TestCloud;
let apis: APIGatewayClient;
let restApiId: string;
beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(APIGatewayClient as never) as APIGatewayClient;
  restApiId = (await apis.send(new CreateRestApiCommand({ name: "shop" }))).id ?? "";
});
afterEach(() => cloud[Symbol.asyncDispose]());

const DOCUMENTED = {
  swagger: "2.0",
  info: { title: "documented", version: "1" },
  paths: {},
  "x-amazon-apigateway-documentation": {
    version: "1.0.3",
    documentationParts: [
      { location: { type: "API" }, properties: { description: "The API" } },
      { location: { type: "METHOD", path: "/", method: "GET" }, properties: { description: "Asks" } },
    ],
  },
};
const body = Buffer.from(JSON.stringify(DOCUMENTED));
const parts = async (of = restApiId, more = {}) =>
  (await apis.send(new GetDocumentationPartsCommand({ restApiId: of, ...more }))).items ?? [];
const refused = (command: unknown) => refusal(apis.send(command as never));

test("parts are made, found, changed and deleted", async () => {
  const location = { type: "RESOURCE" as const, path: "/pets" };
  const made = await apis.send(
    new CreateDocumentationPartCommand({ restApiId, location, properties: '{"description":"Pets"}' }),
  );
  expect(made).toMatchObject({ location, properties: '{"description":"Pets"}' });
  const key = { restApiId, documentationPartId: made.id ?? "" };
  expect(await apis.send(new GetDocumentationPartCommand(key))).toMatchObject({ id: made.id, location });
  const changed = '{"description":"Animals"}';
  const patch = { op: "replace" as const, path: "/properties", value: changed };
  expect(await apis.send(new UpdateDocumentationPartCommand({ ...key, patchOperations: [patch] }))).toMatchObject({
    properties: changed,
  });
  expect(await parts(restApiId, { path: "/pets" })).toHaveLength(1);
  expect(await parts(restApiId, { type: "API" })).toHaveLength(0);
  await apis.send(new DeleteDocumentationPartCommand(key));
  expect(await parts()).toEqual([]);
});

test("parts come with a definition, and may be imported alone: merged, or in place of all", async () => {
  const imported = await apis.send(new ImportRestApiCommand({ body }));
  expect((await parts(imported.id)).map(({ location }) => location?.type).sort()).toEqual(["API", "METHOD"]);
  const first = await apis.send(new ImportDocumentationPartsCommand({ restApiId, body }));
  expect(first.ids).toHaveLength(2);
  const merged = await apis.send(new ImportDocumentationPartsCommand({ restApiId, body }));
  expect(merged.ids).toEqual(first.ids);
  const overwritten = await apis.send(new ImportDocumentationPartsCommand({ restApiId, body, mode: "overwrite" }));
  expect(overwritten.ids).not.toEqual(first.ids);
  expect(await parts()).toHaveLength(2);
});

test("versions keep what the parts were, by name", async () => {
  await apis.send(new CreateDocumentationVersionCommand({ restApiId, documentationVersion: "1", description: "one" }));
  const key = { restApiId, documentationVersion: "1" };
  const patch = { op: "replace" as const, path: "/description", value: "first" };
  expect(await apis.send(new UpdateDocumentationVersionCommand({ ...key, patchOperations: [patch] }))).toMatchObject({
    version: "1",
    description: "first",
    createdDate: expect.any(Date),
  });
  expect(await refused(new CreateDocumentationVersionCommand(key))).toMatch(/^ConflictException: /);
  await apis.send(new DeleteDocumentationVersionCommand(key));
  expect((await apis.send(new GetDocumentationVersionsCommand({ restApiId }))).items).toEqual([]);
});

test("refuses what is missing, twice there, or no definition", async () => {
  const gone = { restApiId: "none", documentationPartId: "none" };
  expect(await refused(new GetDocumentationPartCommand(gone))).toBe(
    "NotFoundException: Invalid Documentation part identifier specified",
  );
  expect(await refused(new DeleteDocumentationPartCommand(gone))).toBe(
    "NotFoundException: Invalid API identifier specified 123456789012:none",
  );
  const api = { restApiId, location: { type: "API" as const }, properties: "{}" };
  await apis.send(new CreateDocumentationPartCommand(api));
  expect(await refused(new CreateDocumentationPartCommand(api))).toMatch(/^ConflictException: /);
  expect(await refused(new ImportDocumentationPartsCommand({ restApiId, body: Buffer.from("a: [") }))).toBe(
    "BadRequestException: Unable to build importer with provided input.",
  );
});
