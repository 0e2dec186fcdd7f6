import {
  InvokeCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { allowHello, createHello, lambdaCloud, metricSum } from "./testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
  await allowHello(cloud, "sqs:*");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const FunctionName = "hello";
const HELLO = "arn:aws:lambda:us-east-1:123456789012:function:hello";
const Destination = "arn:aws:sqs:us-east-1:123456789012:told";

/** Sends an event's records to a queue; gives what reads the next one. */
const told = async () => {
  const sqs = cloud.client(SQSClient as never) as SQSClient;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "told" }));
  const DestinationConfig = { OnSuccess: { Destination }, OnFailure: { Destination } };
  await cloud.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig }));
  return () =>
    vi.waitFor(
      async () => {
        const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        if (!message) throw new Error("no message yet");
        return JSON.parse(message.Body ?? "");
      },
      { timeout: 15_000, interval: 20 },
    );
};

test("an event for $LATEST goes where the function's own do, without its client's context", async () => {
  await createHello(
    cloud.lambda,
    "export const handler = async (event, { clientContext = null }) => ({ clientContext })",
  );
  const next = await told();
  const ClientContext = Buffer.from('{"custom":{"a":1}}').toString("base64");
  const input = { FunctionName, Qualifier: "$LATEST", InvocationType: "Event", ClientContext } as const;
  await cloud.lambda.send(new InvokeCommand({ ...input, Payload: '{"n":1}' }));
  expect(await next()).toEqual({
    version: "1.0",
    timestamp: "2026-01-01T00:00:00.000Z",
    requestContext: {
      requestId: expect.any(String),
      functionArn: `${HELLO}:$LATEST`,
      condition: "Success",
      approximateInvokeCount: 1,
    },
    requestPayload: { n: 1 },
    responseContext: { statusCode: 200, executedVersion: "$LATEST" },
    responsePayload: { clientContext: null },
  });
});

test("an event of a function that may not run is told of at once", async () => {
  await createHello(cloud.lambda);
  const next = await told();
  await cloud.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  await cloud.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: '{"n":1}' }));
  const record = await next();
  expect(record).toMatchObject({
    requestContext: { condition: "ZeroReservedConcurrency", approximateInvokeCount: 0 },
    requestPayload: { n: 1 },
  });
  expect(record).not.toHaveProperty("responseContext");
  await cloud.tasks.idle();
  const counted = ["AsyncEventsReceived", "AsyncEventsDropped", "DestinationDeliveryFailures"];
  expect(await Promise.all(counted.map((name) => metricSum(cloud, name)))).toEqual([1, 1, 0]);
});

test("a destination that is not there loses the record, and is counted", async () => {
  await createHello(cloud.lambda);
  const DestinationConfig = { OnSuccess: { Destination: `${Destination}-no` } };
  await cloud.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig }));
  await cloud.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: "{}" }));
  await cloud.tasks.idle();
  expect(await metricSum(cloud, "DestinationDeliveryFailures")).toBe(1);
  expect(await metricSum(cloud, "AsyncEventsDropped")).toBe(0);
});

test("an error without a message has its dead letter, too", async () => {
  const sqs = cloud.client(SQSClient as never) as SQSClient;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "told" }));
  const code = "export const handler = async () => { throw new Error('') }";
  await createHello(cloud.lambda, code, { DeadLetterConfig: { TargetArn: Destination } });
  await cloud.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }));
  await cloud.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: '{"n":1}' }));
  await cloud.tasks.idle();
  const input = { QueueUrl, MessageAttributeNames: ["All"] };
  const { Messages: [letter] = [] } = await sqs.send(new ReceiveMessageCommand(input));
  expect(letter?.Body).toBe('{"n":1}');
  expect(Object.keys(letter?.MessageAttributes ?? {}).sort()).toEqual(["ErrorCode", "RequestID"]);
});

test("every environment has credentials of its own", async () => {
  await createHello(cloud.lambda, "export const handler = async () => process.env.AWS_ACCESS_KEY_ID");
  await cloud.lambda.send(new PublishVersionCommand({ FunctionName }));
  const keyOf = async (Qualifier: string) => {
    const { Payload } = await cloud.lambda.send(new InvokeCommand({ FunctionName, Qualifier }));
    return JSON.parse(Payload?.transformToString() ?? "");
  };
  const keys = [await keyOf("$LATEST"), await keyOf("1")];
  expect(keys).toEqual([expect.stringMatching(/^ASIA/), expect.stringMatching(/^ASIA/)]);
  expect(new Set(keys).size).toBe(2);
});
