import { UpdateStageCommand } from "@aws-sdk/client-api-gateway";
import {
  BatchGetTracesCommand,
  GetTraceGraphCommand,
  UpdateSamplingRuleCommand,
  XRayClient,
} from "@aws-sdk/client-xray";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { allowHello } from "../../lambda/testLambda.ts";
import { lambda, type RestCloud, restCloud, uri } from "./executeRestFixture.ts";

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await restCloud();
  await allowHello(cloud, "xray:PutTraceSegments");
});
afterAll(() => cloud[Symbol.asyncDispose]());

const xray = () => cloud.client(XRayClient as never) as XRayClient;

/** An API whose stage is traced. */
const tracedApi = async () => {
  const { restApiId = "" } = await cloud.api({ "/a": { get: lambda } });
  const patchOperations = [{ op: "replace" as const, path: "/tracingEnabled", value: "true" }];
  await cloud.apis.send(new UpdateStageCommand({ restApiId, stageName: "prod", patchOperations }));
  return restApiId;
};

/** The trace of a request, and what X-Ray has of it. */
const traced = async (apiId: string, path = "/prod/a", given?: string) => {
  const headers = given === undefined ? {} : { "x-amzn-trace-id": given };
  const answer = await cloud.request(apiId, path, { headers });
  await cloud.tasks.idle();
  const header = String(answer.headers["x-amzn-trace-id"] ?? given);
  const [, root = ""] = /Root=([^;]+)/.exec(header) ?? [];
  const { Traces = [] } = await xray().send(new BatchGetTracesCommand({ TraceIds: [root] }));
  return { header, root, documents: Traces[0]?.Segments?.map(({ Document = "" }) => JSON.parse(Document)) ?? [] };
};

test("a request of a traced stage is one trace with the function that answers it", async () => {
  const id = await tracedApi();
  const { header, root, documents } = await traced(id);
  expect(header).toMatch(/;Parent=[0-9a-f]{16};Sampled=1$/);
  const [stage, service, code] = ["AWS::ApiGateway::Stage", "AWS::Lambda", "AWS::Lambda::Function"].map((origin) =>
    documents.find((document) => document.origin === origin),
  );
  expect(documents.length).toBe(3);
  expect(stage).toMatchObject({
    name: "shop/prod",
    trace_id: root,
    http: { request: { method: "GET", client_ip: "127.0.0.1", user_agent: "test" }, response: { status: 200 } },
    aws: {
      xray: { sampling_rule_name: "Default" },
      api_gateway: { account_id: TEST_ACCOUNT, rest_api_id: id, stage: "prod" },
    },
    annotations: { "aws:api_id": id, "aws:api_stage": "prod" },
    resource_arn: `arn:aws:apigateway:us-east-1::/restapis/${id}/stages/prod`,
    subsegments: [
      {
        ...{ id: service.parent_id, name: "Lambda", namespace: "aws", http: { request: { url: uri } } },
        aws: { function_name: "hello", operation: "Invoke", resource_names: ["hello"] },
      },
    ],
  });
  expect(code).toMatchObject({ parent_id: service.id });
  const { Services = [] } = await xray().send(new GetTraceGraphCommand({ TraceIds: [root] }));
  expect(Services.map(({ Type }) => Type).sort()).toEqual([
    "AWS::ApiGateway::Stage",
    "AWS::Lambda",
    "AWS::Lambda::Function",
    "client",
  ]);
});

test("what names no method is a segment with an error, and no call", async () => {
  const id = await tracedApi();
  const given = `Root=1-${Math.floor(cloud.clock.now() / 1000).toString(16)}-${"b".repeat(24)};Parent=${"c".repeat(16)};Sampled=1`;
  const { documents } = await traced(id, "/prod/none", given);
  expect(documents).toMatchObject([{ name: "shop/prod", error: true, parent_id: "c".repeat(16) }]);
  expect(documents[0]).not.toHaveProperty("subsegments");
});

test("rules and headers decide that a request is not traced", async () => {
  const id = await tracedApi();
  const SamplingRuleUpdate = { RuleName: "Default", FixedRate: 0, ReservoirSize: 0 };
  await xray().send(new UpdateSamplingRuleCommand({ SamplingRuleUpdate }));
  const ruled = await traced(id);
  expect(ruled).toMatchObject({ header: expect.stringMatching(/;Sampled=0$/), documents: [] });
  const given = `Root=1-${Math.floor(cloud.clock.now() / 1000).toString(16)}-${"d".repeat(24)};Sampled=0`;
  expect((await traced(id, "/prod/a", given)).documents).toEqual([]);
});

test("a stage without tracing leaves the decision to others", async () => {
  const { restApiId: id = "" } = await cloud.api({ "/a": { get: lambda } });
  expect((await traced(id)).documents).toEqual([]);
});
