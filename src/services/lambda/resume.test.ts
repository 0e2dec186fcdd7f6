import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateEventSourceMappingCommand,
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, test, vi } from "vitest";
import { type TestCloud, testCloud } from "../../../test/harness.ts";
import { seededIds } from "../../kernel/ids.ts";
import { openMemoryStore } from "../../store/memory/memoryStore.ts";
import { createHello, lambdaCloud } from "./testLambda.ts";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:jobs";
const QueueUrl = "http://127.0.0.1:4566/123456789012/jobs";
const PRINT = "export const handler = async (event) => { console.log('got', JSON.stringify(event)) }";

const allow = async (cloud: TestCloud, ...Action: string[]) => {
  const iam = cloud.client(IAMClient as never) as IAMClient;
  const statement = { Effect: "Allow", Action, Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName: "hello", PolicyName: "more", PolicyDocument }));
};
const printed = (cloud: TestCloud, text: string) =>
  vi.waitFor(
    async () => {
      const logs = cloud.client(CloudWatchLogsClient as never) as CloudWatchLogsClient;
      const input = { logGroupName: "/aws/lambda/hello", filterPattern: `"${text}"` };
      expect((await logs.send(new FilterLogEventsCommand(input))).events).not.toEqual([]);
    },
    { timeout: 15_000, interval: 20 },
  );
/** The next message of the queue; `meanwhile` is done before each look. */
const received = (cloud: TestCloud, meanwhile = () => {}) =>
  vi.waitFor(
    async () => {
      meanwhile();
      const sqs = cloud.client(SQSClient as never) as SQSClient;
      const input = { QueueUrl, MessageAttributeNames: ["All"] };
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand(input));
      if (!message) throw new Error("no message yet");
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      return message;
    },
    { timeout: 15_000, interval: 20 },
  );

test("what was queued, and what a mapping had still to read, is handled by the next process", async () => {
  const root = { accessKeyId: "AKIAKEPTKEPTKEPTKEPT", secretAccessKey: "kept" };
  const store = { ...openMemoryStore(), [Symbol.asyncDispose]: async () => {} };
  const kept = { store, ids: seededIds(3), root, key: Buffer.alloc(32, 7) };
  const first = await lambdaCloud({ kept });
  await allow(first, "sqs:*");
  const sqs = first.client(SQSClient as never) as SQSClient;
  await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  await createHello(first.lambda, PRINT);
  // No room to run: both wait.
  const concurrency = { FunctionName: "hello", ReservedConcurrentExecutions: 0 };
  await first.lambda.send(new PutFunctionConcurrencyCommand(concurrency));
  const Payload = Buffer.from('"queued"');
  await first.lambda.send(new InvokeCommand({ FunctionName: "hello", InvocationType: "Event", Payload }));
  const mapping = { FunctionName: "hello", EventSourceArn: QUEUE };
  await first.lambda.send(new CreateEventSourceMappingCommand(mapping));
  await first[Symbol.asyncDispose]();

  await using second = await testCloud({ kept, seed: 9 });
  const lambda = second.client(LambdaClient as never) as LambdaClient;
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: "hello" }));
  await second.resume();
  second.clock.advance(60_000);
  await printed(second, "queued");
  await (second.client(SQSClient as never) as SQSClient).send(
    new SendMessageCommand({ QueueUrl, MessageBody: "late" }),
  );
  await printed(second, "late");
});

test("an event that waits too long for room, and one that failed, are told of", async () => {
  await using cloud = await lambdaCloud();
  await allow(cloud, "sqs:*");
  await (cloud.client(SQSClient as never) as SQSClient).send(new CreateQueueCommand({ QueueName: "jobs" }));
  await createHello(cloud.lambda, "export const handler = async () => { throw new Error('no') }");
  const FunctionName = "hello";
  const invoke = () => cloud.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: "{}" }));
  await cloud.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName,
      MaximumEventAgeInSeconds: 60,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    }),
  );
  await invoke();
  expect(JSON.parse((await received(cloud)).Body ?? "")).toMatchObject({
    requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
    responseContext: { functionError: "Unhandled" },
    responsePayload: { errorMessage: "no" },
  });
  const none = { FunctionName, ReservedConcurrentExecutions: 0 };
  await cloud.lambda.send(new PutFunctionConcurrencyCommand(none));
  await invoke();
  const told = await received(cloud, () => cloud.clock.advance(5000));
  expect(JSON.parse(told.Body ?? "")).toMatchObject({
    requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 0 },
  });
});

test("a dead letter is the event, with what went wrong in its attributes", async () => {
  await using cloud = await lambdaCloud();
  await allow(cloud, "sqs:*");
  await (cloud.client(SQSClient as never) as SQSClient).send(new CreateQueueCommand({ QueueName: "jobs" }));
  await createHello(cloud.lambda, "export const handler = async () => { throw new Error('no') }");
  const FunctionName = "hello";
  const DeadLetterConfig = { TargetArn: QUEUE };
  await cloud.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, DeadLetterConfig }));
  await cloud.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }));
  const Payload = Buffer.from('{"a":1}');
  await cloud.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
  expect(await received(cloud)).toMatchObject({
    Body: '{"a":1}',
    MessageAttributes: {
      ErrorCode: { DataType: "Number", StringValue: "200" },
      ErrorMessage: { StringValue: "no" },
      RequestID: { DataType: "String" },
    },
  });
});
