import {
  CreateApiKeyCommand,
  type CreateApiKeyCommandInput,
  GetApiKeysCommand,
  GetUsagePlanKeysCommand,
  UpdateApiKeyCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { restApis } from "../testRestApis.ts";

const at = restApis();

const created = (input: CreateApiKeyCommandInput) => at.apis.send(new CreateApiKeyCommand(input));

test("keys are listed from the newest, a page at a time, by how their names begin", async () => {
  for (const name of ["key-a", "key-b", "other"]) {
    await created({ name });
    await at.cloud.clock.advance(1000);
  }
  const first = await at.apis.send(new GetApiKeysCommand({ limit: 1, nameQuery: "key" }));
  expect(first.items).toMatchObject([{ name: "key-b" }]);
  const { position = "" } = first;
  const second = await at.apis.send(new GetApiKeysCommand({ limit: 1, nameQuery: "key", position }));
  expect(second.items).toMatchObject([{ name: "key-a" }]);
  expect(second).not.toHaveProperty("position");
});

test("an empty name is none, and an empty value is made", async () => {
  const key = await created({ name: "", value: "" });
  expect(key).not.toHaveProperty("name");
  expect(key.value).toHaveLength(40);
});

test.each<[CreateApiKeyCommandInput, string]>([
  [{ value: "short" }, "API Key value should be at least 20 characters"],
  [{ value: "a".repeat(129) }, "API Key value exceeds maximum size of 128 characters"],
  [{ name: "a".repeat(1025) }, "Invalid API Key name, can be at most 1024 characters."],
  [{ description: "a".repeat(125_001) }, "Invalid API Key description specified."],
])("%# is refused", async (input, message) => {
  await expect(created(input)).rejects.toMatchObject({ name: "BadRequestException", message });
});

test("patches: what may be replaced, and stages added", async () => {
  const { id: apiKey } = await created({ name: "one" });
  const patch = (op: "add" | "replace", path: string, value: string) =>
    at.apis.send(new UpdateApiKeyCommand({ apiKey, patchOperations: [{ op, path, value }] }));
  expect(await patch("replace", "/name", "two")).toMatchObject({ name: "two" });
  await expect(patch("replace", "/id", "x")).rejects.toThrow(
    "Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]",
  );
  await expect(patch("replace", "/description", "a".repeat(125_001))).rejects.toThrow("Invalid API Key description");
});

test("a plan that is not there has no keys", async () => {
  expect((await at.apis.send(new GetUsagePlanKeysCommand({ usagePlanId: "none" }))).items).toEqual([]);
});
