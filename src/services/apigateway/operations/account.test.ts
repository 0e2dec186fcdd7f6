import {
  APIGatewayClient,
  GetAccountCommand,
  type PatchOperation,
  UpdateAccountCommand,
} from "@aws-sdk/client-api-gateway";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
let apis: APIGatewayClient;

beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(APIGatewayClient as never) as APIGatewayClient;
});
afterEach(() => cloud[Symbol.asyncDispose]());

const update = (...patchOperations: PatchOperation[]) => apis.send(new UpdateAccountCommand({ patchOperations }));

test("a role is replaced, and taken away by an empty one", async () => {
  const cloudwatchRoleArn = "arn:aws:iam::123456789012:role/logs";
  await update({ op: "replace", path: "/cloudwatchRoleArn", value: cloudwatchRoleArn });
  expect(await apis.send(new GetAccountCommand({}))).toMatchObject({
    cloudwatchRoleArn,
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    apiKeyVersion: "4",
  });
  expect(await update({ op: "replace", path: "/cloudwatchRoleArn", value: "" })).not.toHaveProperty(
    "cloudwatchRoleArn",
  );
});

test("features are added once and removed by their names", async () => {
  const add = { op: "add", path: "/features", value: "More" } as const;
  expect((await update(add, add)).features).toEqual(["UsagePlans", "More"]);
  expect((await update({ ...add, op: "remove" })).features).toEqual(["UsagePlans"]);
  expect((await apis.send(new GetAccountCommand({}))).features).toEqual(["UsagePlans"]);
});

test.each([
  [{ op: "remove", path: "/features", value: "UsagePlans" }, "Usage Plans cannot be disabled once enabled"],
  [
    { op: "replace", path: "/features", value: "More" },
    "Invalid patch path  '/features' specified for op 'replace'. Please choose supported operations",
  ],
  [{ op: "add", path: "/features" }, "Invalid null or empty value in /features"],
  [
    { op: "add", path: "/features/-", value: "More" },
    "Invalid patch path  '/features/-' specified for op 'add'. Please choose supported operations",
  ],
  [
    { op: "remove", path: "/cloudwatchRoleArn" },
    "Invalid patch path  '/cloudwatchRoleArn' specified for op 'remove'. Please choose supported operations",
  ],
] as const)("%o is refused", async (operation, message) => {
  await expect(update(operation)).rejects.toMatchObject({ name: "BadRequestException", message });
});
