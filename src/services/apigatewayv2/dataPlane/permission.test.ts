import { AddPermissionCommand, RemovePermissionCommand, TagResourceCommand } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { type ApiCloud, apiCloud, FUNCTION } from "./executeApiFixture.ts";

let cloud: ApiCloud;
let apiId: string;

beforeEach(async () => {
  cloud = await apiCloud();
  apiId = await cloud.api(["GET /items", "GET /others"]);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const statusOf = async (path = "/items") => (await cloud.request(apiId, path)).status;
const forbid = () => cloud.lambda.send(new RemovePermissionCommand({ FunctionName: "hello", StatementId: "gateway" }));
const allowFor = (path: string) =>
  cloud.lambda.send(
    new AddPermissionCommand({
      FunctionName: "hello",
      StatementId: "gateway",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
      SourceArn: `arn:aws:execute-api:us-east-1:${TEST_ACCOUNT}:${apiId}/*/GET${path}`,
    }),
  );

test("a permission that is taken away counts no more, with the next request", async () => {
  expect([await statusOf(), await statusOf()]).toEqual([200, 200]);
  await forbid();
  expect([await statusOf(), await statusOf()]).toEqual([500, 500]);
  await cloud.allow();
  expect(await statusOf()).toBe(200);
});

test("what one route may, another may not", async () => {
  await forbid();
  await allowFor("/items");
  expect([await statusOf("/items"), await statusOf("/others")]).toEqual([200, 500]);
  await forbid();
  await allowFor("/others");
  expect([await statusOf("/items"), await statusOf("/others")]).toEqual([500, 200]);
});

test("a change of the function in between changes nothing of it", async () => {
  expect(await statusOf()).toBe(200);
  await cloud.lambda.send(new TagResourceCommand({ Resource: FUNCTION, Tags: { team: "shop" } }));
  expect(await statusOf()).toBe(200);
  await forbid();
  expect(await statusOf()).toBe(500);
});
