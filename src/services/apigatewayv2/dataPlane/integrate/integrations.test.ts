import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateIntegrationCommand,
  type CreateIntegrationCommandInput,
  CreateRouteCommand,
  CreateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../../test/harness.ts";
import { TEST_ROLE } from "../../../lambda/testLambda.ts";
import { type ApiCloud, apiCloud } from "../executeApiFixture.ts";

let cloud: ApiCloud;

beforeAll(async () => {
  cloud = await apiCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const addRoute = async (ApiId: string, RouteKey: string, integration: Partial<CreateIntegrationCommandInput>) => {
  const { IntegrationId } = await cloud.apis.send(
    new CreateIntegrationCommand({ ApiId, IntegrationType: "AWS_PROXY", PayloadFormatVersion: "1.0", ...integration }),
  );
  await cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` }));
};

describe("parameter mapping", () => {
  test("of requests: headers, query and path, from the request as it came", async () => {
    const id = await cloud.api(["POST /pets/{pet}"], {
      integration: {
        RequestParameters: {
          "append:header.x-pet": "$request.path.pet",
          "overwrite:header.x-sum": "${request.path.pet} of ${stageVariables.color} at ${context.stage}",
          "remove:header.x-secret": "''",
          "overwrite:querystring.name": "$request.body.owner.names[1]",
          "remove:querystring.gone": "''",
          "append:querystring.missing": "$request.header.not-there",
          "overwrite:path": "/moved/$literal",
        },
      },
    });
    const { json } = await cloud.request(id, "/pets/cat?gone=1&kept=2", {
      method: "POST",
      headers: { "x-secret": "s", "x-pet": "dog", "content-type": "application/json" },
      body: '{"owner":{"names":["a","b"]}}',
    });
    const event = json();
    expect(event.headers).toMatchObject({ "x-pet": "dog,cat", "x-sum": "cat of red at $default" });
    expect(event.headers).not.toHaveProperty("x-secret");
    expect(event.queryStringParameters).toEqual({ kept: "2", name: "b" });
    expect(event.rawPath).toBe("/moved/$literal");
  });

  test("a request's path is that of its route, without the stage", async () => {
    const RequestParameters = { "overwrite:header.x-path": "$request.path" };
    const id = await cloud.api(["GET /pets/{pet}"], { integration: { RequestParameters } });
    await cloud.apis.send(new CreateStageCommand({ ApiId: id, StageName: "beta", AutoDeploy: true }));
    const event = (await cloud.request(id, "/beta/pets/cat")).json();
    expect([event.headers["x-path"], event.rawPath]).toEqual(["/pets/cat", "/beta/pets/cat"]);
  });

  test("of responses, by status", async () => {
    const id = await cloud.api(["GET /"], {
      code: "export const handler = async () => ({ statusCode: 201, headers: { a: '1', b: '2' }, body: '{\"id\":7}' })",
      integration: {
        ResponseParameters: {
          "201": {
            "overwrite:statuscode": "202",
            "append:header.a": "x",
            "remove:header.b": "''",
            "overwrite:header.location": "/things/${response.body.id}?a=${response.header.a}",
          },
          "500": { "overwrite:statuscode": "418" },
        },
      },
    });
    const { status, headers } = await cloud.request(id, "/");
    expect([status, headers["a"], headers["b"], headers["location"]]).toEqual([
      202,
      ["1", "x"],
      undefined,
      "/things/7?a=1",
    ]);
  });

  test("what no mapping may say is refused", async () => {
    const refused = (more: object) =>
      expect(cloud.api(["GET /"], { integration: more })).rejects.toThrow("Invalid mapping expression specified");
    await refused({ RequestParameters: { "overwrite:cookie.a": "x" } });
    cloud = await apiCloud();
    await refused({ RequestParameters: { "overwrite:header.Authorization": "x" } });
    cloud = await apiCloud();
    await refused({ ResponseParameters: { "999": { "remove:header.a": "''" } } });
  });
});

describe("HTTP proxies", () => {
  let backend: Server;
  let url: string;
  beforeAll(async () => {
    backend = createServer(async (request, response) => {
      const chunks = await request.toArray();
      response.setHeader("set-cookie", ["a=1", "b=2"]).setHeader("x-from", "backend").statusCode = 207;
      response.end(`${request.method} ${request.url} ${request.headers["x-a"]} ${Buffer.concat(chunks)}`);
    });
    await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => backend.close(resolve)));

  test("pass path, query, headers and body on, and the answer back", async () => {
    const id = await cloud.api([]);
    const IntegrationUri = `${url}/base/{proxy}?fixed=1`;
    await addRoute(id, "ANY /{proxy+}", { IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri });
    const asked = { method: "PUT", headers: { "x-a": "A" }, body: "text" };
    const { status, headers, text } = await cloud.request(id, "/x/y%20z?q=1", asked);
    expect([status, text]).toEqual([207, "PUT /base/x/y%20z?fixed=1&q=1 A text"]);
    expect([headers["x-from"], headers["set-cookie"]]).toEqual(["backend", ["a=1", "b=2"]]);
  });

  test("a backend that cannot be reached is unavailable", async () => {
    const id = await cloud.api([]);
    await addRoute(id, "GET /", {
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "GET",
      IntegrationUri: "http://127.0.0.1:9",
    });
    expect((await cloud.request(id, "/")).status).toBe(503);
  });
});

describe("service integrations", () => {
  const role = async (statement: object) => {
    const iam = cloud.client(IAMClient as never) as IAMClient;
    const document = (one: object) => JSON.stringify({ Version: "2012-10-17", Statement: [one] });
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "hello",
        PolicyDocument: document({
          Effect: "Allow",
          Principal: { Service: ["apigateway.amazonaws.com", "lambda.amazonaws.com"] },
          Action: "sts:AssumeRole",
        }),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({ RoleName: "hello", PolicyName: "calls", PolicyDocument: document(statement) }),
    );
  };

  test("a queue gets the body, under the integration's role", async () => {
    await role({
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:orders`,
    });
    const sqs = cloud.client(SQSClient as never) as SQSClient;
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
    const id = await cloud.api([]);
    const parameters = { QueueUrl, MessageBody: "$request.body" };
    const settings = { IntegrationSubtype: "SQS-SendMessage", CredentialsArn: TEST_ROLE };
    await addRoute(id, "POST /orders", { ...settings, RequestParameters: parameters });
    await addRoute(id, "DELETE /orders", {
      IntegrationSubtype: "SQS-PurgeQueue",
      CredentialsArn: TEST_ROLE,
      RequestParameters: { QueueUrl },
    });
    const sent = await cloud.request(id, "/orders", { method: "POST", body: '{"n":1}' });
    expect([sent.status, sent.headers["content-type"]]).toEqual([200, "text/xml"]);
    expect(sent.text).toMatch(/^<\?xml version="1.0"\?><SendMessageResponse xmlns=.*<MessageId>[\w-]{36}<\/MessageId>/);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.[0]?.Body).toBe('{"n":1}');
    const denied = await cloud.request(id, "/orders", { method: "DELETE" });
    expect([denied.status, denied.json().__type]).toEqual([403, "AccessDenied"]);
  });

  test("an event reaches its bus", async () => {
    await role({ Effect: "Allow", Action: "events:PutEvents", Resource: "*" });
    const id = await cloud.api([]);
    await addRoute(id, "POST /events", {
      IntegrationSubtype: "EventBridge-PutEvents",
      CredentialsArn: TEST_ROLE,
      RequestParameters: { Detail: "$request.body", DetailType: "order", Source: "shop" },
    });
    const { status, json } = await cloud.request(id, "/events", { method: "POST", body: '{"n":1}' });
    expect([status, json()]).toEqual([
      200,
      { Entries: [{ EventId: expect.stringMatching(/^[\w-]{36}$/) }], FailedEntryCount: 0 },
    ]);
  });

  test("what cannot be called is refused when it is made", async () => {
    const id = await cloud.api([]);
    const make = (more: Partial<CreateIntegrationCommandInput>) => addRoute(id, "GET /x", more);
    await expect(
      make({ IntegrationSubtype: "SQS-SendMessage", CredentialsArn: TEST_ROLE, RequestParameters: { QueueUrl: "q" } }),
    ).rejects.toThrow("MessageBody");
    await expect(make({ IntegrationSubtype: "SQS-PurgeQueue", RequestParameters: { QueueUrl: "q" } })).rejects.toThrow(
      "Credentials",
    );
    await expect(make({ IntegrationSubtype: "S3-PutObject", CredentialsArn: TEST_ROLE })).rejects.toThrow(
      "S3-PutObject",
    );
  });
});
