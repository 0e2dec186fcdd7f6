import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateEventSourceMappingCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
  PutFunctionRecursionConfigCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refusal } from "../../../test/refusal.ts";
import { allowHello, createHello, lambdaCloud, metricSum } from "./testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
  await allowHello(cloud, "sqs:*", "lambda:*");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const FunctionName = "hello";
const ROOT = "Root=1-5759e988-bd862e3fe1be46a994272793";
const TRACE =
  "export const handler = async () => { console.log('ran', process.env._X_AMZN_TRACE_ID); return process.env._X_AMZN_TRACE_ID }";

/** Invokes it as its own code would, whose SDK passes the trace on. */
const invoke = async (traceId?: string) => {
  const command = new InvokeCommand({ FunctionName });
  if (traceId !== undefined) {
    command.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { headers: object }).headers, { "x-amzn-trace-id": traceId });
        return next(args);
      },
      { step: "build" },
    );
  }
  const { Payload } = await cloud.lambda.send(command);
  return JSON.parse(Payload?.transformToString() ?? "");
};
const lineage = (traceId: string) => /Lineage=(.*)$/.exec(traceId)?.[1] ?? "";
/** What the function logged of its runs, once that is so many. */
const ran = (count: number) =>
  vi.waitFor(
    async () => {
      const logs = cloud.client(CloudWatchLogsClient as never) as CloudWatchLogsClient;
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({ logGroupName: "/aws/lambda/hello", filterPattern: '"ran"' }),
      );
      const traces = events.map(({ message = "" }) => lineage(message.trim()));
      expect(traces.length).toBeGreaterThanOrEqual(count);
      return traces;
    },
    { timeout: 20_000, interval: 20 },
  );
const dropped = () => metricSum(cloud, "RecursiveInvocationsDropped");

describe("a chain of calls", () => {
  test("counts a function's runs, and those of others beside it", async () => {
    await createHello(cloud.lambda, TRACE);
    const first = await invoke();
    expect(lineage(first)).toMatch(/^[0-9a-f]{8}:0$/);
    const hash = lineage(first).slice(0, 8);
    expect(lineage(await invoke(first))).toBe(`${hash}:1`);
    expect(lineage(await invoke(`${ROOT};Lineage=aaaaaaaa:4|${hash}:7`))).toBe(`aaaaaaaa:4|${hash}:8`);
    expect(lineage(await invoke(`${ROOT};Lineage=rubbish|:`))).toBe(`${hash}:0`);
  });

  test("ends after sixteen runs, unless the function allows it", async () => {
    await createHello(cloud.lambda, TRACE);
    const hash = lineage(await invoke()).slice(0, 8);
    const looped = `${ROOT};Lineage=${hash}:15`;
    expect(await refusal(invoke(looped))).toMatch(/^RecursiveInvocationException: Lambda has detected your function/);
    expect(lineage(await invoke(`${ROOT};Lineage=${hash}:14`))).toBe(`${hash}:15`);
    expect(await dropped()).toBe(1);
    await cloud.lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: "Allow" }));
    expect(lineage(await invoke(looped))).toBe(`${hash}:16`);
  });
});

test("a loop of two functions ends, and its last event goes where the function's failures go", async () => {
  await createHello(cloud.lambda, TRACE);
  await createHello(cloud.lambda, TRACE, { FunctionName: "again" });
  const sqs = cloud.client(SQSClient as never) as SQSClient;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "ended" }));
  const passOn = (FunctionName: string, to: string) =>
    cloud.lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName,
        DestinationConfig: {
          OnSuccess: { Destination: `arn:aws:lambda:us-east-1:123456789012:function:${to}` },
          OnFailure: { Destination: "arn:aws:sqs:us-east-1:123456789012:ended" },
        },
      }),
    );
  await passOn("hello", "again");
  await passOn("again", "hello");
  await cloud.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: "{}" }));
  const body = await vi.waitFor(
    async () => {
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      if (!message) throw new Error("no message yet");
      return JSON.parse(message.Body ?? "");
    },
    { timeout: 25_000, interval: 20 },
  );
  expect(body).toMatchObject({
    requestContext: { condition: "RecursiveInvocation", approximateInvokeCount: 0 },
    requestPayload: { responsePayload: expect.stringMatching(/Lineage=[0-9a-f]{8}:15\|[0-9a-f]{8}:15$/) },
  });
  expect(await dropped()).toBe(1);
});

test("a loop's messages stay in their queue, and others of their batch are handled", async () => {
  await createHello(cloud.lambda, TRACE);
  const hash = lineage(await invoke()).slice(0, 8);
  const sqs = cloud.client(SQSClient as never) as SQSClient;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  const send = (MessageBody: string, StringValue: string) =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody,
        MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue } },
      }),
    );
  await send("looped", `${ROOT};Lineage=${hash}:15`);
  await send("fresh", `${ROOT};Lineage=${hash}:2`);
  const EventSourceArn = "arn:aws:sqs:us-east-1:123456789012:jobs";
  await cloud.lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }));
  expect(await ran(2)).toEqual([`${hash}:0`, `${hash}:3`]);
  await vi.waitFor(async () => expect(await dropped()).toBe(1), { timeout: 10_000, interval: 20 });
});
