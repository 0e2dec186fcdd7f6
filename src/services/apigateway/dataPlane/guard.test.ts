import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetStageCommand,
  GetUsageCommand,
  GetUsagePlanCommand,
  UpdateApiKeyCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
  UpdateUsageCommand,
} from "@aws-sdk/client-api-gateway";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { DAY_MS } from "../../../kernel/clock.ts";
import { lambda, type RestCloud, restCloud, uri } from "./executeRestFixture.ts";

let cloud: RestCloud;

beforeAll(async () => {
  cloud = await restCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const mock = (statusCode = "200") => ({
  responses: { [statusCode]: { description: "" } },
  "x-amazon-apigateway-integration": {
    type: "mock",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    responses: { default: { statusCode, responseTemplates: { "application/json": "{}" } } },
  },
});

describe("IAM", () => {
  const IAM = {
    securityDefinitions: {
      sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
    },
  };
  const signed = async (apiId: string, credentials = cloud.credentials) => {
    const hostname = `${apiId}.execute-api.localhost`;
    const signer = new SignatureV4({ credentials, region: "us-east-1", service: "execute-api", sha256: Sha256 });
    const host = { host: `${hostname}:4566` };
    const { headers } = await signer.sign({
      method: "GET",
      protocol: "http:",
      hostname,
      path: "/prod/",
      headers: host,
    });
    return cloud.request(apiId, "/prod/", { headers });
  };

  test("signed requests get through; others hear what was wrong", async () => {
    const { restApiId: id } = await cloud.api({ "/": { get: { ...lambda, security: [{ sigv4: [] }] } } }, IAM);
    const good = await signed(id);
    expect(good.json().requestContext.identity).toMatchObject({
      accountId: TEST_ACCOUNT,
      accessKey: cloud.credentials.accessKeyId,
      userArn: `arn:aws:iam::${TEST_ACCOUNT}:root`,
    });
    const unsigned = await cloud.request(id, "/prod/");
    expect([unsigned.status, unsigned.text, unsigned.headers["x-amzn-errortype"]]).toEqual([
      403,
      '{"message":"Missing Authentication Token"}',
      "MissingAuthenticationTokenException",
    ]);
    const forged = await signed(id, { ...cloud.credentials, secretAccessKey: "x" });
    expect([forged.status, forged.json().message]).toEqual([403, expect.stringContaining("signature")]);
  });
});

describe("resource policies", () => {
  test("open an API to those they name", async () => {
    const { restApiId: id } = await cloud.api({ "/": { get: mock() }, "/x": { get: mock() } });
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/prod/GET/" },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/*",
          Condition: { NotIpAddress: { "aws:SourceIp": "127.0.0.0/8" } },
        },
      ],
    });
    const patchOperations = [{ op: "replace" as const, path: "/policy", value: policy }];
    await cloud.apis.send(new UpdateRestApiCommand({ restApiId: id, patchOperations }));
    await cloud.apis.send(new CreateDeploymentCommand({ restApiId: id, stageName: "prod" }));
    expect((await cloud.request(id, "/prod/")).status).toBe(200);
    const denied = await cloud.request(id, "/prod/x");
    expect([denied.status, denied.json()]).toEqual([
      403,
      { Message: expect.stringContaining("is not authorized to perform: execute-api:Invoke on resource:") },
    ]);
  });
});

test("what an API's policy denies, no authorizer is asked about", async () => {
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: "execute-api:/prod/GET/closed",
  };
  const securityDefinitions = {
    tokens: {
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: uri },
    },
  };
  const security = [{ tokens: [] }];
  const { restApiId: id } = await cloud.api(
    { "/open": { get: { ...mock(), security } }, "/closed": { get: { ...mock(), security } } },
    { securityDefinitions, "x-amazon-apigateway-policy": { Version: "2012-10-17", Statement: [deny] } },
  );
  const headers = { authorization: "good" };
  expect((await cloud.request(id, "/prod/open", { headers })).status).toBe(200);
  const denied = await cloud.request(id, "/prod/closed", { headers });
  expect([denied.status, denied.json().Message]).toEqual([403, expect.stringContaining("explicit deny")]);
});

describe("API keys", () => {
  const KEYS = { securityDefinitions: { key: { type: "apiKey", name: "x-api-key", in: "header" } } };
  const keyed = async (plan: object = {}) => {
    const { restApiId: id } = await cloud.api({ "/": { get: { ...lambda, security: [{ key: [] }] } } }, KEYS);
    const key = await cloud.apis.send(new CreateApiKeyCommand({ name: "anna", enabled: true }));
    const { id: usagePlanId } = await cloud.apis.send(
      new CreateUsagePlanCommand({ name: "basic", apiStages: [{ apiId: id, stage: "prod" }], ...plan }),
    );
    const add = () =>
      cloud.apis.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key.id, keyType: "API_KEY" }));
    const get = (value = key.value ?? "") => cloud.request(id, "/prod/", { headers: { "x-api-key": value } });
    const statuses = async (count: number) => {
      const found: number[] = [];
      for (let at = 0; at < count; at++) found.push((await get()).status);
      return found;
    };
    return { id, key, usagePlanId, add, get, statuses };
  };

  test("a key counts once it is in a plan of the stage, and while it is enabled", async () => {
    const { id, key, add, get } = await keyed();
    const forbidden = [403, '{"message":"Forbidden"}'];
    const said = async (value?: string) => {
      const { status, text } = await get(value);
      return [status, text];
    };
    expect(await said()).toEqual(forbidden);
    await add();
    const { json } = await get();
    expect(json().requestContext.identity).toMatchObject({ apiKey: key.value, apiKeyId: key.id });
    expect(await said("wrong".repeat(5))).toEqual(forbidden);
    expect((await cloud.request(id, "/prod/")).status).toBe(403);
    await expect(add()).rejects.toThrow("already exists");
    const patchOperations = [{ op: "replace" as const, path: "/enabled", value: "false" }];
    await cloud.apis.send(new UpdateApiKeyCommand({ apiKey: key.id, patchOperations }));
    expect(await said()).toEqual(forbidden);
  });

  test("quotas end with the period, and may be extended; usage is told by day", async () => {
    const { key, usagePlanId, add, get, statuses } = await keyed({ quota: { limit: 2, period: "DAY" } });
    const { quota } = await cloud.apis.send(new GetUsagePlanCommand({ usagePlanId }));
    expect(quota).toEqual({ limit: 2, offset: 0, period: "DAY" });
    await add();
    expect(await statuses(3)).toEqual([200, 200, 429]);
    expect((await get()).text).toBe('{"message":"Limit Exceeded"}');
    const more = [{ op: "replace" as const, path: "/remaining", value: "1" }];
    await cloud.apis.send(new UpdateUsageCommand({ usagePlanId, keyId: key.id, patchOperations: more }));
    expect(await statuses(2)).toEqual([200, 429]);
    const day = new Date(cloud.clock.now()).toISOString().slice(0, 10);
    const usage = await cloud.apis.send(new GetUsageCommand({ usagePlanId, startDate: day, endDate: day }));
    expect(usage.items).toEqual({ [key.id ?? ""]: [[3, 0]] });
    cloud.clock.advance(DAY_MS);
    expect(await statuses(3)).toEqual([200, 200, 429]);
  });

  test("an offset is taken off the first period alone", async () => {
    const { add, statuses, usagePlanId } = await keyed({ quota: { limit: 3, offset: 2, period: "WEEK" } });
    await add();
    expect(await statuses(2)).toEqual([200, 429]);
    cloud.clock.advance(7 * DAY_MS);
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    const plan = await cloud.apis.send(new GetUsagePlanCommand({ usagePlanId }));
    expect(plan.quota).toEqual({ limit: 3, offset: 2, period: "WEEK" });
  });

  test("a plan's rate is each key's own", async () => {
    const { add, get } = await keyed({ throttle: { rateLimit: 0.001, burstLimit: 2 } });
    await add();
    const all = [await get(), await get(), await get()];
    expect(all.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(all[2]?.text).toBe('{"message":"Too Many Requests"}');
  });
});

test("bodies are held against their models, which may refer to each other", async () => {
  const post = {
    ...mock(),
    consumes: ["application/json"],
    parameters: [{ in: "body", name: "Pet", required: true, schema: { $ref: "#/definitions/Pet" } }],
  };
  const { restApiId: id } = await cloud.api(
    { "/pets": { post } },
    {
      definitions: {
        Pet: {
          type: "object",
          required: ["name"],
          properties: { name: { type: "string" }, owner: { $ref: "#/definitions/Owner" } },
        },
        Owner: { type: "object", required: ["id"], properties: { id: { type: "integer" } } },
      },
      "x-amazon-apigateway-request-validator": "body",
      "x-amazon-apigateway-request-validators": {
        body: { validateRequestBody: true, validateRequestParameters: false },
      },
      "x-amazon-apigateway-gateway-responses": {
        BAD_REQUEST_BODY: {
          responseTemplates: { "application/json": '{"why": "$context.error.validationErrorString"}' },
        },
      },
    },
  );
  const ask = (body: string) =>
    cloud.request(id, "/prod/pets", { method: "POST", headers: { "content-type": "application/json" }, body });
  expect((await ask('{"name":"rex","owner":{"id":1}}')).status).toBe(200);
  const missing = await ask("{}");
  expect([missing.status, missing.json().why]).toEqual([400, '[object has missing required properties (["name"])]']);
  expect((await ask('{"name":"rex","owner":{"id":"x"}}')).status).toBe(400);
  expect((await ask("no json")).status).toBe(400);
});

test("a stage's settings throttle its methods", async () => {
  const { restApiId: id } = await cloud.api({ "/": { get: mock() }, "/free": { get: mock() } });
  const set = (path: string, value: string) => ({ op: "replace" as const, path, value });
  await cloud.apis.send(
    new UpdateStageCommand({
      restApiId: id,
      stageName: "prod",
      patchOperations: [set("/~1/GET/throttling/rateLimit", "0.001"), set("/~1/GET/throttling/burstLimit", "1")],
    }),
  );
  const statuses = [];
  for (const path of ["/prod/", "/prod/", "/prod/free"]) statuses.push((await cloud.request(id, path)).status);
  expect(statuses).toEqual([200, 429, 200]);
});

test("a canary takes its part of the requests, and is promoted by copying", async () => {
  const { restApiId: id, deploymentId: stable } = await cloud.api({ "/": { get: lambda } });
  const { id: canary } = await cloud.apis.send(
    new CreateDeploymentCommand({
      restApiId: id,
      stageName: "prod",
      canarySettings: { percentTraffic: 50, stageVariableOverrides: { color: "blue" } },
    }),
  );
  const seen = new Set<string>();
  for (let at = 0; at < 40; at++) {
    const { requestContext, stageVariables } = (await cloud.request(id, "/prod/")).json();
    seen.add(`${requestContext.deploymentId} ${stageVariables.color}`);
  }
  expect([...seen].sort()).toEqual([`${canary} blue`, `${stable} red`].sort());
  const copy = (from: string, path: string) => ({ op: "copy" as const, from, path });
  await cloud.apis.send(
    new UpdateStageCommand({
      restApiId: id,
      stageName: "prod",
      patchOperations: [
        copy("/canarySettings/deploymentId", "/deploymentId"),
        copy("/canarySettings/stageVariableOverrides", "/variables"),
        { op: "remove", path: "/canarySettings" },
      ],
    }),
  );
  const stage = await cloud.apis.send(new GetStageCommand({ restApiId: id, stageName: "prod" }));
  expect([stage.deploymentId, stage.variables, stage.canarySettings]).toEqual([canary, { color: "blue" }, undefined]);
});
