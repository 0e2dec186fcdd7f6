import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateEventSourceMappingCommand,
  InvokeCommand,
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

/** A function that may run once at a time, and an event that keeps it busy until `release`. */
const busyFunction = async (cloud: Awaited<ReturnType<typeof lambdaCloud>>) => {
  const folder = mkdtempSync(join(tmpdir(), "aloft-busy-"));
  const gate = join(folder, "gate");
  const code = `import { existsSync } from "node:fs";
export const handler = async ({ hold, name, Records }) => {
  console.log("got", name ?? Records?.[0].body);
  while (hold && !existsSync(${JSON.stringify(gate)})) await new Promise((done) => setTimeout(done, 5));
};`;
  const FunctionName = "hello";
  await createHello(cloud.lambda, code, { Timeout: 25 });
  await cloud.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }));
  const queue = (event: object) =>
    cloud.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: JSON.stringify(event) }));
  await queue({ hold: true, name: "first" });
  await printed(cloud, "first");
  return {
    queue,
    release: () => writeFileSync(gate, ""),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
};

test("what was queued, and what a mapping had still to read, is handled by the next process", async () => {
  const root = { accessKeyId: "AKIAKEPTKEPTKEPTKEPT", secretAccessKey: "kept" };
  const store = { ...openMemoryStore(), [Symbol.asyncDispose]: async () => {} };
  const kept = { store, ids: seededIds(3), root, key: Buffer.alloc(32, 7) };
  const first = await lambdaCloud({ kept });
  await allow(first, "sqs:*");
  const sqs = first.client(SQSClient as never) as SQSClient;
  await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  using busy = await busyFunction(first);
  await busy.queue({ name: "queued" });
  const mapping = { FunctionName: "hello", EventSourceArn: QUEUE };
  await first.lambda.send(new CreateEventSourceMappingCommand(mapping));
  await first[Symbol.asyncDispose]();

  busy.release();
  await using second = await testCloud({ kept, seed: 9 });
  await second.resume();
  await printed(second, "queued");
  await (second.client(SQSClient as never) as SQSClient).send(
    new SendMessageCommand({ QueueUrl, MessageBody: "late" }),
  );
  await printed(second, "late");
});

test("an event for which there is never room, and one that failed, are told of", async () => {
  await using cloud = await lambdaCloud();
  await allow(cloud, "sqs:SendMessage");
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
  expect(JSON.parse((await received(cloud)).Body ?? "")).toMatchObject({
    requestContext: { condition: "ZeroReservedConcurrency", approximateInvokeCount: 0 },
  });
});

test("an event that waits too long for room is told of", async () => {
  await using cloud = await lambdaCloud();
  await allow(cloud, "sqs:SendMessage");
  await (cloud.client(SQSClient as never) as SQSClient).send(new CreateQueueCommand({ QueueName: "jobs" }));
  using busy = await busyFunction(cloud);
  const DestinationConfig = { OnFailure: { Destination: QUEUE } };
  await cloud.lambda.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName: "hello", MaximumEventAgeInSeconds: 60, DestinationConfig }),
  );
  await busy.queue({});
  const told = await received(cloud, () => cloud.clock.advance(5000));
  expect(JSON.parse(told.Body ?? "")).toMatchObject({
    requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 0 },
  });
});

test("an event that waits for room runs as soon as the one before it has", async () => {
  await using cloud = await lambdaCloud();
  using busy = await busyFunction(cloud);
  await busy.queue({ name: "second" });
  await busy.queue({ name: "third" });
  busy.release();
  await printed(cloud, "second");
  await printed(cloud, "third");
});

test("a dead letter is the event, with what went wrong in its attributes", async () => {
  await using cloud = await lambdaCloud();
  await allow(cloud, "sqs:SendMessage");
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
