import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { expect, test, vi } from "vitest";
import { type Cloud, startCloud } from "../../src/index.ts";
import { lineOf, logOf } from "../callLog.ts";

const code = (lines: string) => ({ Runtime: "nodejs20.x", Handler: "index.handler", InlineCode: lines });

const FRONT = `
const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
const { SNSClient, PublishCommand } = require("@aws-sdk/client-sns");
const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");
const { SFNClient, StartExecutionCommand } = require("@aws-sdk/client-sfn");
const { EventBridgeClient, PutEventsCommand } = require("@aws-sdk/client-eventbridge");
exports.handler = async () => {
  await new SQSClient().send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: "x" }));
  await new SNSClient().send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: "x" }));
  await new EventBridgeClient().send(new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "order", Detail: "{}" }] }));
  await new S3Client().send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: "x", Body: "x" }));
  await new SFNClient().send(new StartExecutionCommand({ stateMachineArn: process.env.FLOW }));
  return { statusCode: 201, body: process.env._X_AMZN_TRACE_ID };
};`;
const HEARS = "exports.handler = async () => 1;";

const hearing = (Events: object, more: object = {}) => ({
  Type: "AWS::Serverless::Function",
  Properties: { ...code(HEARS), Events, ...more },
});
/** A function that is told once another has run. */
const tells = (id: string) => ({
  EventInvokeConfig: {
    DestinationConfig: { OnSuccess: { Type: "Lambda", Destination: { "Fn::GetAtt": [id, "Arn"] } } },
  },
});

const TEMPLATE = {
  Transform: "AWS::Serverless-2016-10-31",
  Resources: {
    Queue: { Type: "AWS::SQS::Queue" },
    Topic: { Type: "AWS::SNS::Topic" },
    Bucket: { Type: "AWS::S3::Bucket" },
    Flow: {
      Type: "AWS::Serverless::StateMachine",
      Properties: {
        Definition: {
          StartAt: "Hand on",
          States: {
            "Hand on": {
              Type: "Task",
              Resource: "arn:aws:states:::lambda:invoke",
              Parameters: { FunctionName: { Ref: "OfFlow" }, InvocationType: "Event" },
              End: true,
            },
          },
        },
        Policies: [{ LambdaInvokePolicy: { FunctionName: { Ref: "OfFlow" } } }],
      },
    },
    Front: {
      Type: "AWS::Serverless::Function",
      Properties: {
        ...code(FRONT),
        // It loads five clients, which takes a busy machine a while.
        Timeout: 60,
        FunctionUrlConfig: { AuthType: "NONE" },
        Policies: [
          ...["AmazonSQSFullAccess", "AmazonSNSFullAccess", "AmazonEventBridgeFullAccess"],
          ...["AmazonS3FullAccess", "AWSStepFunctionsFullAccess"],
        ],
        Environment: {
          Variables: Object.fromEntries(
            ["Queue", "Topic", "Bucket", "Flow"].map((id) => [id.toUpperCase(), { Ref: id }]),
          ),
        },
        Events: {
          Http: { Type: "HttpApi", Properties: { Path: "/orders", Method: "POST" } },
          Rest: { Type: "Api", Properties: { Path: "/orders", Method: "POST" } },
        },
      },
    },
    OfQueue: hearing({ Q: { Type: "SQS", Properties: { Queue: { "Fn::GetAtt": ["Queue", "Arn"] } } } }),
    OfTopic: hearing({ T: { Type: "SNS", Properties: { Topic: { Ref: "Topic" } } } }, tells("OfDone")),
    OfDone: hearing({}),
    OfFlow: hearing({}),
    OfBucket: hearing({ S: { Type: "S3", Properties: { Bucket: { Ref: "Bucket" }, Events: "s3:ObjectCreated:*" } } }),
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
      expect(found.filter((line) => line.startsWith("lambda:Run"))).toHaveLength(6);
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
  // A machine runs in the trace of who started it, a destination in that of the run it tells of.
  expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^states:Execution of Flow-\w+$/)]));
  for (const id of ["OfBucket", "OfFlow", "OfDone"])
    expect(lines.some((line) => line.includes(`Run shop-${id}-`))).toBe(true);
  // The gateway's call of the function, and those by which topic and bus hand on.
  expect(lines.filter((line) => line === "lambda:Invoke")).toHaveLength(6);

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
