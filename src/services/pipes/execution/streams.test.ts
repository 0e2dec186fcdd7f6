import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { allow } from "../../../../test/serviceRole.ts";
import { pipesCloud, queueArn, queueUrl } from "../testPipes.ts";

const STREAM = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"];

let made: Awaited<ReturnType<typeof pipesCloud>>;
let dynamodb: DynamoDBClient;
let Source: string;
beforeEach(async () => {
  made = await pipesCloud([...STREAM, "events:PutEvents", "sqs:SendMessage"]);
  dynamodb = made.cloud.client(DynamoDBClient);
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      ...tableOf("facts", { id: "S" }),
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    }),
  );
  Source = TableDescription?.LatestStreamArn ?? "";
});
afterEach(() => made[Symbol.asyncDispose]());

const put = (id: string) => dynamodb.send(new PutItemCommand({ TableName: "facts", Item: { id: { S: id } } }));
const DynamoDBStreamParameters = { StartingPosition: "LATEST", BatchSize: 1 } as const;

/** A bus whose events come into the queue `out`. */
const bus = async () => {
  const events = made.cloud.client(EventBridgeClient);
  await events.send(new CreateEventBusCommand({ Name: "app" }));
  const EventPattern = JSON.stringify({ account: ["123456789012"] });
  await events.send(new PutRuleCommand({ Name: "all", EventBusName: "app", EventPattern }));
  await events.send(
    new PutTargetsCommand({ Rule: "all", EventBusName: "app", Targets: [{ Id: "q", Arn: queueArn("out") }] }),
  );
  const Statement = [
    { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" },
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await made.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl("out"), Attributes: { Policy } }));
  return "arn:aws:events:us-east-1:123456789012:event-bus/app";
};

test("changes of a table become events of a bus, in the words of the pipe where nothing else is said", async () => {
  const Target = await bus();
  await put("before");
  expect(await made.create({ Source, Target, SourceParameters: { DynamoDBStreamParameters } })).toMatchObject({
    CurrentState: "RUNNING",
    SourceParameters: { DynamoDBStreamParameters },
  });
  await put("a");
  const [message] = await made.arrived(1);
  expect(JSON.parse(message?.Body ?? "")).toMatchObject({
    source: "Pipe p",
    "detail-type": "Event from aws:dynamodb",
    detail: { eventName: "INSERT", dynamodb: { NewImage: { id: { S: "a" } } }, eventSourceARN: Source },
  });
});

test("what an event of a bus says can be paths into the change", async () => {
  const Target = await bus();
  await made.create({
    Source,
    Target,
    SourceParameters: {
      DynamoDBStreamParameters,
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"id":{"S":[{"prefix":"o-"}]}}}}' }] },
    },
    TargetParameters: {
      InputTemplate: '{"id":<$.dynamodb.Keys.id.S>}',
      EventBridgeEventBusParameters: {
        Source: "app.facts",
        DetailType: "$.eventName",
        Resources: ["$.eventSourceARN"],
        Time: "$.dynamodb.ApproximateCreationDateTime",
      },
    },
  });
  await put("x-1");
  await put("o-1");
  const [message] = await made.arrived(1);
  expect(JSON.parse(message?.Body ?? "")).toMatchObject({
    source: "app.facts",
    "detail-type": "INSERT",
    resources: [Source],
    time: "2026-01-01T00:00:00Z",
    detail: { id: "o-1" },
  });
});

test("a change that no try delivers comes to the dead letters, as the pipe's role may", async () => {
  const iam = made.cloud.client(IAMClient);
  const parameters = {
    ...DynamoDBStreamParameters,
    MaximumRetryAttempts: 0,
    DeadLetterConfig: { Arn: queueArn("in") },
  };
  const pipe = { Source, Target: await bus(), SourceParameters: { DynamoDBStreamParameters: parameters } };
  await allow(iam, "pipe", STREAM);
  expect(await made.create({ ...pipe, Name: "q" })).toMatchObject({
    CurrentState: "CREATE_FAILED",
    StateReason: `Input parameter is invalid from the request due to : Error occurred while sending message to SQS queue: ${queueArn("in")}`,
  });
  await allow(iam, "pipe", [...STREAM, "sqs:SendMessage"]);
  await made.create(pipe);
  await put("a");
  const [message] = await made.arrived(1, "in");
  expect(JSON.parse(message?.Body ?? "")).toEqual({
    context: {
      partnerResourceArn: "arn:aws:pipes:us-east-1:123456789012:pipe/p",
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: 1,
    },
    version: "1.0",
    timestamp: "2026-01-01T00:00:00.000Z",
    DDBStreamBatchInfo: {
      shardId: expect.any(String),
      startSequenceNumber: expect.any(String),
      endSequenceNumber: expect.any(String),
      approximateArrivalOfFirstRecord: "2026-01-01T00:00:00Z",
      approximateArrivalOfLastRecord: "2026-01-01T00:00:00Z",
      batchSize: 1,
      streamArn: Source,
    },
  });
});

test("a stream that the role may not read is told, as AWS does", async () => {
  await allow(made.cloud.client(IAMClient), "pipe", "events:PutEvents");
  expect(
    await made.create({ Source, Target: await bus(), SourceParameters: { DynamoDBStreamParameters } }),
  ).toMatchObject({
    CurrentState: "CREATE_FAILED",
    StateReason: `Input parameter is invalid from the request due to : Cannot access stream ${Source}. Please ensure the customer role can perform actions on source stream`,
  });
});
