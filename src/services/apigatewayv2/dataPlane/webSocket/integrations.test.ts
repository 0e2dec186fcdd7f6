import {
  CreateIntegrationCommand,
  CreateIntegrationResponseCommand,
  CreateModelCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
} from "@aws-sdk/client-apigatewayv2";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../../test/harness.ts";
import { serviceRole } from "../../../../../test/serviceRole.ts";
import { createHello } from "../../../lambda/testLambda.ts";
import { FUNCTION } from "../executeApiFixture.ts";
import { type SocketCloud, socketCloud } from "./socketFixture.ts";

let cloud: SocketCloud;

beforeEach(async () => {
  cloud = await socketCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

interface RouteParts {
  readonly integration: object;
  readonly responses?: readonly object[];
  readonly route?: object;
}

/** A route that answers, with its integration and that one's responses. */
const addRoute = async (ApiId: string, RouteKey: string, { integration, responses = [], route = {} }: RouteParts) => {
  const { IntegrationId } = await cloud.apis.send(
    new CreateIntegrationCommand({ ApiId, IntegrationType: "MOCK", ...integration }),
  );
  for (const response of responses) {
    await cloud.apis.send(
      new CreateIntegrationResponseCommand({ ApiId, IntegrationId, IntegrationResponseKey: "$default", ...response }),
    );
  }
  const { RouteId } = await cloud.apis.send(
    new CreateRouteCommand({
      ApiId,
      RouteKey,
      Target: `integrations/${IntegrationId}`,
      RouteResponseSelectionExpression: "$default",
      ...route,
    }),
  );
  await cloud.apis.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: "$default" }));
};

/** A connection to an API with one route, `x`. */
const connected = async (parts: RouteParts) => {
  const api = await cloud.socketApi();
  await addRoute(api, "x", parts);
  await cloud.deploy(api);
  return cloud.connect(api);
};

const LAMBDA_URI = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;

describe("a mock", () => {
  test("answers with what its response's template makes", async () => {
    const { socket, next } = await connected({
      integration: { RequestTemplates: { "200": '{"statusCode":200}' }, TemplateSelectionExpression: "200" },
      responses: [
        {
          ResponseTemplates: {
            $default: "$context.routeKey $context.eventType $input.path('$.n') $stageVariables.color",
          },
        },
      ],
    });
    socket.send('{"action":"x","n":7}');
    expect(await next()).toBe("x MESSAGE  red");
    socket.close();
  });

  test("has the response of its status, by pattern or by name", async () => {
    const { socket, next } = await connected({
      integration: {
        RequestTemplates: { $default: "{\"statusCode\": $input.path('$.status')}" },
      },
      responses: [
        { IntegrationResponseKey: "200", ResponseTemplates: { $default: "fine" } },
        { IntegrationResponseKey: "/4\\d\\d/", ResponseTemplates: { $default: "refused" } },
        { IntegrationResponseKey: "501", ResponseTemplates: { $default: "$util.urlDecode('%zz')" } },
      ],
    });
    socket.send('{"action":"x","status":200}');
    expect(await next()).toBe("fine");
    socket.send('{"action":"x","status":404}');
    expect(await next()).toBe("refused");
    for (const status of [500, 501]) {
      socket.send(JSON.stringify({ action: "x", status }));
      expect(JSON.parse(await next())).toMatchObject({ message: "Internal server error" });
    }
    socket.close();
  });

  test("the message chooses the template of a request; one that none is for may be held back", async () => {
    const { socket, next } = await connected({
      integration: {
        RequestTemplates: { one: '{"statusCode":201}' },
        TemplateSelectionExpression: "${request.body.kind}",
        PassthroughBehavior: "NEVER",
      },
      responses: [{ IntegrationResponseKey: "201", ResponseTemplates: { $default: "created" } }],
    });
    socket.send('{"action":"x","kind":"one"}');
    expect(await next()).toBe("created");
    socket.send('{"action":"x","kind":"two"}');
    expect(JSON.parse(await next())).toMatchObject({ message: "Unsupported Media Type" });
    socket.close();
  });

  test("decides of $connect, with the status its template says", async () => {
    const api = await cloud.socketApi();
    await addRoute(api, "$connect", {
      integration: { RequestTemplates: { $default: "{\"statusCode\":$input.params('status')}" } },
    });
    await cloud.deploy(api);
    expect((await cloud.connect(api, "?status=403")).status).toBe(403);
    const { status, socket } = await cloud.connect(api, "?status=200");
    expect(status).toBeUndefined();
    socket.close();
  });
});

test("a message is held against the model that it chooses", async () => {
  const api = await cloud.socketApi();
  const Schema = JSON.stringify({ type: "object", required: ["n"], properties: { n: { type: "integer" } } });
  await cloud.apis.send(new CreateModelCommand({ ApiId: api, Name: "Numbered", Schema }));
  await addRoute(api, "x", {
    integration: { RequestTemplates: { $default: '{"statusCode":200}' } },
    responses: [{ ResponseTemplates: { $default: "fine" } }],
    route: { ModelSelectionExpression: "$request.body.kind", RequestModels: { numbered: "Numbered" } },
  });
  await cloud.deploy(api);
  const { socket, next } = await cloud.connect(api);
  socket.send('{"action":"x","kind":"numbered","n":1}');
  expect(await next()).toBe("fine");
  socket.send('{"action":"x","kind":"numbered"}');
  expect(JSON.parse(await next())).toMatchObject({ message: "Invalid request body" });
  socket.send('{"action":"x","kind":"other"}');
  expect(await next()).toBe("fine");
  socket.close();
});

describe("a function that is no proxy", () => {
  test("gets what the template makes, and its answer is mapped", async () => {
    await createHello(cloud.lambda, "export const handler = async (event) => ({ greeting: `hello ${event.name}` })");
    await cloud.allow();
    const { socket, next } = await connected({
      integration: {
        IntegrationType: "AWS",
        IntegrationUri: LAMBDA_URI,
        RequestTemplates: { $default: "{\"name\": $input.json('$.who')}" },
      },
      responses: [{ ResponseTemplates: { $default: "$input.path('$.greeting')!" } }],
    });
    socket.send('{"action":"x","who":"anna"}');
    expect(await next()).toBe("hello anna!");
    socket.close();
  });

  test("its failure has a response where one looks out for it", async () => {
    await createHello(cloud.lambda, 'export const handler = async () => { throw new Error("no such room") }');
    await cloud.allow();
    const { socket, next } = await connected({
      integration: {
        IntegrationType: "AWS",
        IntegrationUri: LAMBDA_URI,
      },
      responses: [{ IntegrationResponseKey: "/no such .+/", ResponseTemplates: { $default: "gone" } }],
    });
    socket.send('{"action":"x"}');
    expect(await next()).toBe("gone");
    socket.close();
  });
});

test("a service of AWS is called as the integration's role", async () => {
  const sqs = cloud.client(SQSClient as never) as SQSClient;
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "chat" }));
  const CredentialsArn = await serviceRole(
    cloud.client(IAMClient as never) as IAMClient,
    "gateway",
    "apigateway",
    "sqs:SendMessage",
  );
  const { socket, next } = await connected({
    integration: {
      IntegrationType: "AWS",
      IntegrationMethod: "POST",
      IntegrationUri: `arn:aws:apigateway:us-east-1:sqs:path/${TEST_ACCOUNT}/chat`,
      CredentialsArn,
      RequestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
      RequestTemplates: { $default: "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" },
    },
    responses: [
      { ResponseTemplates: { $default: "$input.path('$.SendMessageResponse.SendMessageResult.MessageId')" } },
    ],
  });
  socket.send('{"action":"x","n":1}');
  const messageId = await next();
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages).toMatchObject([{ MessageId: messageId, Body: '{"action":"x","n":1}' }]);
  socket.close();
});

test("refusals", async () => {
  const ApiId = await cloud.socketApi();
  const refused = (more: object, message: string) =>
    expect(cloud.apis.send(new CreateIntegrationCommand({ ApiId, IntegrationType: "AWS", ...more }))).rejects.toThrow(
      message,
    );
  await refused({}, "IntegrationUri is required");
  await refused({ IntegrationUri: "https://example.com" }, "must contain path or action");
  await refused(
    { IntegrationUri: "arn:aws:apigateway:us-east-1:sqs:path/x" },
    "Credentials ARN must be specified for AWS integrations",
  );
  await refused(
    { IntegrationUri: LAMBDA_URI, RequestTemplates: { $default: "#set($x = )" } },
    "Invalid mapping template specified",
  );
});
