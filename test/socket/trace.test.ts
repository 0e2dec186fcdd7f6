import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { expect, test, vi } from "vitest";
import type { CallView } from "../../src/console/calls.ts";
import { type Cloud, startCloud } from "../../src/index.ts";
import { consoleLinkOf } from "../consoleLink.ts";

const code = (lines: string) => ({ Runtime: "nodejs20.x", Handler: "index.handler", InlineCode: lines });

const FRONT = `
const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
const { SNSClient, PublishCommand } = require("@aws-sdk/client-sns");
const { EventBridgeClient, PutEventsCommand } = require("@aws-sdk/client-eventbridge");
exports.handler = async () => {
  await new SQSClient().send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: "x" }));
  await new SNSClient().send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: "x" }));
  await new EventBridgeClient().send(new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "order", Detail: "{}" }] }));
  return { statusCode: 201, body: process.env._X_AMZN_TRACE_ID };
};`;
const HEARS = "exports.handler = async () => 1;";

const hearing = (Events: object) => ({ Type: "AWS::Serverless::Function", Properties: { ...code(HEARS), Events } });

const TEMPLATE = {
  Transform: "AWS::Serverless-2016-10-31",
  Resources: {
    Queue: { Type: "AWS::SQS::Queue" },
    Topic: { Type: "AWS::SNS::Topic" },
    Front: {
      Type: "AWS::Serverless::Function",
      Properties: {
        ...code(FRONT),
        FunctionUrlConfig: { AuthType: "NONE" },
        Policies: ["AmazonSQSFullAccess", "AmazonSNSFullAccess", "AmazonEventBridgeFullAccess"],
        Environment: { Variables: { QUEUE: { Ref: "Queue" }, TOPIC: { Ref: "Topic" } } },
        Events: {
          Http: { Type: "HttpApi", Properties: { Path: "/orders", Method: "POST" } },
          Rest: { Type: "Api", Properties: { Path: "/orders", Method: "POST" } },
        },
      },
    },
    OfQueue: hearing({ Q: { Type: "SQS", Properties: { Queue: { "Fn::GetAtt": ["Queue", "Arn"] } } } }),
    OfTopic: hearing({ T: { Type: "SNS", Properties: { Topic: { Ref: "Topic" } } } }),
    OfBus: hearing({ B: { Type: "EventBridgeRule", Properties: { Pattern: { source: ["shop"] } } } }),
  },
};

const launched = async (cloud: Cloud) => {
  const client = new CloudFormationClient(cloud.clientConfig());
  await client.send(
    new CreateStackCommand({
      StackName: "shop",
      TemplateBody: JSON.stringify(TEMPLATE),
      Capabilities: ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    }),
  );
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName: "shop" });
};

/** Reads the console's log of calls. */
const logOf = async (cloud: Cloud) => {
  const entered = await fetch(await consoleLinkOf(cloud));
  const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return async (query: string): Promise<readonly CallView[]> => {
    const response = await fetch(`${cloud.endpoint}/_aloft/console/log/calls?limit=2000&${query}`, {
      headers: { cookie },
    });
    return ((await response.json()) as { calls: readonly CallView[] }).calls;
  };
};

const lineOf = ({ service, operation, status }: CallView) => `${service}:${operation} ${status ?? ""}`.trim();

test("a request's trace goes from its API over what it called to the functions that heard of it", {
  timeout: 90_000,
}, async () => {
  await using cloud = await startCloud({ auth: "strict" });
  await launched(cloud);
  const idOf = async (logicalId: string) => {
    const client = new CloudFormationClient(cloud.clientConfig());
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: "shop" }));
    return StackResources.find(({ LogicalResourceId }) => LogicalResourceId === logicalId)?.PhysicalResourceId ?? "";
  };
  const log = await logOf(cloud);
  const api = `${cloud.endpoint}/_execute-api/${await idOf("ServerlessHttpApi")}`;
  const answer = await fetch(`${api}/orders`, { method: "POST", body: "{}" });
  expect(answer.status).toBe(201);
  const root = /Root=([^;]+)/.exec(await answer.text())?.[1] ?? "";
  const lines = await vi.waitFor(
    async () => {
      const found = (await log(`trace=${root}`)).map(lineOf);
      expect(found.filter((line) => line.startsWith("lambda:Run"))).toHaveLength(3);
      return found;
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      "execute-api:POST /orders 201",
      "sqs:SendMessage",
      "sns:Publish",
      "events:PutEvents",
      expect.stringMatching(/^lambda:Run shop-OfQueue-\w+ \(from shop-Queue-\w+\)$/),
      expect.stringMatching(/^lambda:Run shop-OfTopic-\w+ \(an asynchronous event\)$/),
      expect.stringMatching(/^lambda:Run shop-OfBus-\w+ \(an asynchronous event\)$/),
    ]),
  );
  // The gateway's call of the function, and those by which topic and bus hand on.
  expect(lines.filter((line) => line === "lambda:Invoke")).toHaveLength(3);

  const missing = await fetch(`${api}/nothing`);
  expect(missing.status).toBe(404);
  const rest = `${cloud.endpoint}/_execute-api/${await idOf("ServerlessRestApi")}/Prod`;
  expect((await fetch(`${rest}/orders`, { method: "POST" })).status).toBe(201);
  expect((await fetch(`${rest}/orders`)).status).toBe(403);
  const served = (await log("text=execute-api")).map(lineOf);
  expect(served).toEqual(
    expect.arrayContaining([
      "execute-api:GET /nothing 404",
      "execute-api:POST /orders 201",
      "execute-api:GET /orders 403",
    ]),
  );
  // What an API refuses its callers is no missing permission of the builder's.
  const denied = await log("decision=denied");
  expect(denied.every(({ status }) => status === 403)).toBe(true);
});
