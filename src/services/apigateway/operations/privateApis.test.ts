import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetRestApiCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  TestInvokeMethodCommand,
  UpdateRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { restApis } from "../testRestApis.ts";

const at = restApis();

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
});

const privateApi = async (more: object = {}) => {
  const endpointConfiguration = { types: ["PRIVATE" as const], vpcEndpointIds: ["vpce-0123456789abcdef0"] };
  const made = await at.apis.send(new CreateRestApiCommand({ name: "inner", endpointConfiguration, ...more }));
  const method = { restApiId: made.id, resourceId: made.rootResourceId, httpMethod: "GET" };
  await at.apis.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
  const requestTemplates = { "application/json": '{"statusCode":200}' };
  await at.apis.send(new PutIntegrationCommand({ ...method, type: "MOCK", requestTemplates }));
  await at.apis.send(new PutMethodResponseCommand({ ...method, statusCode: "200" }));
  await at.apis.send(new PutIntegrationResponseCommand({ ...method, statusCode: "200" }));
  return method;
};

test("a private API is made, shown, tested and deployed", async () => {
  const method = await privateApi({ policy: POLICY });
  const { restApiId } = method;
  expect((await at.apis.send(new GetRestApiCommand({ restApiId }))).endpointConfiguration).toEqual({
    types: ["PRIVATE"],
    vpcEndpointIds: ["vpce-0123456789abcdef0"],
    ipAddressType: "dualstack",
  });
  expect((await at.apis.send(new TestInvokeMethodCommand(method))).status).toBe(200);
  await at.apis.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
  const { status, text } = await ask(at.cloud, { host: `${restApiId}.execute-api.localhost:4566`, path: "/prod" });
  expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
});

test("an API that becomes private has addresses of both kinds", async () => {
  const { id: restApiId } = await at.apis.send(new CreateRestApiCommand({ name: "outer" }));
  const replaced = (path: string, value: string) =>
    at.apis.send(
      new UpdateRestApiCommand({
        restApiId,
        patchOperations: [{ op: "replace", path: `/endpointConfiguration/${path}`, value }],
      }),
    );
  const { endpointConfiguration } = await replaced("types/0", "PRIVATE");
  expect(endpointConfiguration).toEqual({ types: ["PRIVATE"], ipAddressType: "dualstack" });
  await expect(replaced("ipAddressType", "ipv4")).rejects.toThrow(
    "Only dualstack ipAddressType is supported for Private APIs.",
  );
});

test("one without a policy is not deployed", async () => {
  const { restApiId } = await privateApi();
  await expect(at.apis.send(new CreateDeploymentCommand({ restApiId }))).rejects.toThrow(
    "Private REST API doesn't have a resource policy attached to it",
  );
});
