import { CreateEventSourceMappingCommand, type EventSourceMappingMetric } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { allowHello, createHello, lambdaCloud, metricSum } from "../testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
  await allowHello(cloud, "sqs:*");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const HANDLER = `export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(({ body }) => body.includes("bad")).map(({ messageId }) => ({ itemIdentifier: messageId })),
})`;
const NAMES = [
  "PolledEventCount",
  "FilteredOutEventCount",
  "InvokedEventCount",
  "FailedInvokeEventCount",
  "DeletedEventCount",
];

/** Sends three messages, of which one is let out and one fails; gives what is counted once all of them have been seen. */
const counted = async (...Metrics: EventSourceMappingMetric[]) => {
  await createHello(cloud.lambda, HANDLER);
  const sqs = cloud.client(SQSClient as never) as SQSClient;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  const bodies = [{ kind: "good" }, { kind: "bad" }, { other: 1 }].map((body) => JSON.stringify(body));
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const { UUID = "" } = await cloud.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "hello",
      EventSourceArn: "arn:aws:sqs:us-east-1:123456789012:jobs",
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body: { kind: [{ exists: true }] } }) }] },
      ...(Metrics.length > 0 ? { MetricsConfig: { Metrics } } : {}),
    }),
  );
  await vi.waitFor(async () => expect(await metricSum(cloud, "Invocations")).toBeGreaterThan(0), {
    timeout: 15_000,
    interval: 20,
  });
  return () =>
    Promise.all(NAMES.map((name) => metricSum(cloud, name, { Name: "EventSourceMappingUUID", Value: UUID })));
};

test("a mapping that asks for it has its events counted", async () => {
  const counts = await counted("EventCount");
  await vi.waitFor(async () => expect(await counts()).toEqual([3, 1, 2, 1, 1]), { timeout: 15_000, interval: 20 });
});

test("one that does not has not", async () => {
  const counts = await counted();
  expect(await counts()).toEqual([0, 0, 0, 0, 0]);
});
