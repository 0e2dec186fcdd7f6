import {
  GetAuthorizersCommand,
  GetResourcesCommand,
  TestInvokeAuthorizerCommand,
  TestInvokeMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lambda, type RestCloud, restCloud, uri } from "../dataPlane/executeRestFixture.ts";

let cloud: RestCloud;

beforeAll(async () => {
  cloud = await restCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const resourceAt = async (restApiId: string, path: string) => {
  const { items = [] } = await cloud.apis.send(new GetResourcesCommand({ restApiId }));
  return items.find((one) => one.path === path)?.id ?? "";
};

const linesOf = (log = "") =>
  log.split("\n").map((line) => line.replace(/^\w{3} \w{3} \d\d [\d:]{8} UTC \d{4} : /, "· "));

const PETS = {
  "/pets/{petId}": {
    get: {
      "x-amazon-apigateway-integration": {
        type: "mock",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        responses: {
          default: {
            statusCode: "200",
            responseTemplates: { "application/json": `{"petId": "$input.params('petId')"}` },
          },
        },
      },
    },
  },
};

test("a method of a resource that answers any is tried", async () => {
  const { restApiId } = await cloud.api({ "/any": { "x-amazon-apigateway-any-method": lambda } });
  const ask = { restApiId, resourceId: await resourceAt(restApiId, "/any"), httpMethod: "GET" };
  const tried = await cloud.apis.send(new TestInvokeMethodCommand({ ...ask, headers: { a: "b" } }));
  expect(JSON.parse(tried.body ?? "")).toMatchObject({ httpMethod: "GET", resource: "/any" });
  await expect(
    cloud.apis.send(new TestInvokeMethodCommand({ ...ask, resourceId: await resourceAt(restApiId, "/") })),
  ).rejects.toThrow("Invalid Method identifier specified");
});

test("an address that is none is the API's own fault", async () => {
  const uri = "https://${stageVariables.nowhere}";
  const integration = { type: "http_proxy", httpMethod: "GET", uri };
  const { restApiId } = await cloud.api({ "/out": { get: { "x-amazon-apigateway-integration": integration } } });
  const ask = { restApiId, resourceId: await resourceAt(restApiId, "/out"), httpMethod: "GET" };
  const { status, headers, log } = await cloud.apis.send(new TestInvokeMethodCommand(ask));
  expect({ status, headers }).toEqual({
    status: 500,
    headers: { "x-amzn-ErrorType": "InternalServerErrorException" },
  });
  expect(linesOf(log).slice(-3)).toEqual([
    "· Execution failed due to configuration error: Invalid endpoint address",
    "· Method completed with status: 500",
    "",
  ]);
  expect(log).not.toMatch("Endpoint request URI");
});

test("a method is tried as it is now, and its log says how it went", async () => {
  const { restApiId } = await cloud.api(PETS);
  const resourceId = await resourceAt(restApiId, "/pets/{petId}");
  const ask = { restApiId, resourceId, httpMethod: "GET" };
  const tried = await cloud.apis.send(new TestInvokeMethodCommand({ ...ask, pathWithQueryString: "/pets/7?a=b" }));
  expect(tried).toMatchObject({
    status: 200,
    body: '{"petId": "7"}',
    headers: { "Content-Type": "application/json" },
    multiValueHeaders: { "Content-Type": ["application/json"] },
    latency: 0,
  });
  const [first = "", ...lines] = linesOf(tried.log);
  const id = first.replace("Execution log for request ", "");
  expect(lines).toEqual([
    `· Starting execution for request: ${id}`,
    "· HTTP Method: GET, Resource Path: /pets/7",
    "· Method request path: {petId=7}",
    "· Method request query string: {a=b}",
    "· Method request headers: {}",
    "· Method request body before transformations: ",
    '· Method response body after transformations: {"petId": "7"}',
    "· Method response headers: {Content-Type=application/json}",
    "· Successfully completed execution",
    "· Method completed with status: 200",
    "",
  ]);
  const named = await cloud.apis.send(new TestInvokeMethodCommand(ask));
  expect(named.body).toBe('{"petId": "{petId}"}');
  const elsewhere = await cloud.apis.send(new TestInvokeMethodCommand({ ...ask, pathWithQueryString: "/other" }));
  expect(elsewhere.body).toBe('{"petId": ""}');
});

test("a function behind its proxy is asked, and what went wrong is told", async () => {
  const { restApiId } = await cloud.api({ "/": { get: lambda } });
  const ask = { restApiId, resourceId: await resourceAt(restApiId, "/"), httpMethod: "GET" };
  const good = await cloud.apis.send(new TestInvokeMethodCommand({ ...ask, headers: { a: "b" } }));
  expect(JSON.parse(good.body ?? "")).toMatchObject({
    requestContext: { stage: "test-invoke-stage" },
    headers: { a: "b" },
  });
  expect(good.log).toContain("Sending request to https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/");
  const answer = JSON.stringify({ rubbish: true });
  const bad = await cloud.apis.send(new TestInvokeMethodCommand({ ...ask, headers: { answer } }));
  expect(bad).toMatchObject({
    status: 502,
    body: '{"message": "Internal server error"}',
    headers: { "x-amzn-ErrorType": "InternalServerErrorException" },
  });
  expect(linesOf(bad.log).slice(-3)).toEqual([
    "· Execution failed due to configuration error: Malformed Lambda proxy response",
    "· Method completed with status: 502",
    "",
  ]);
});

test("an authorizer is tried with the headers given", async () => {
  const guard = {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: uri },
  };
  const { restApiId } = await cloud.api(
    { "/": { get: { ...lambda, security: [{ guard: [] }] } } },
    { securityDefinitions: { guard } },
  );
  const { items = [] } = await cloud.apis.send(new GetAuthorizersCommand({ restApiId }));
  const ask = (Authorization: string) =>
    cloud.apis.send(
      new TestInvokeAuthorizerCommand({ restApiId, authorizerId: items[0]?.id, headers: { Authorization } }),
    );
  const good = await ask("good");
  expect(good).toMatchObject({ clientStatus: 0, principalId: "me" });
  expect(JSON.parse(good.policy ?? "")).toMatchObject({ Statement: [{ Effect: "Allow" }] });
  expect(good.log).toContain("Successfully completed authorizer execution");
  expect(await ask("bad")).toMatchObject({ clientStatus: 403, principalId: "me" });
  expect(await ask("broken")).toMatchObject({ clientStatus: 401 });
});

test("refusals", async () => {
  const { restApiId } = await cloud.api(PETS);
  const resourceId = await resourceAt(restApiId, "/pets/{petId}");
  const ask = { restApiId, resourceId, httpMethod: "GET" };
  const refused = async (input: object) => {
    const sent = cloud.apis.send(new TestInvokeMethodCommand({ ...ask, ...input }));
    await expect(sent).rejects.toMatchObject({ name: "NotFoundException" });
    return sent.catch((error: Error) => error.message);
  };
  expect(await refused({ httpMethod: "HEAD" })).toBe("Invalid Method identifier specified");
  expect(await refused({ resourceId: "none" })).toBe("Invalid Resource identifier specified");
  const nobody = new TestInvokeAuthorizerCommand({ restApiId, authorizerId: "none" });
  await expect(cloud.apis.send(nobody)).rejects.toThrow("Invalid Authorizer identifier specified");
});
