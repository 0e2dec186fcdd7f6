import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  type StartMessageMoveTaskCommandInput,
} from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const SourceArn = arnOf("dead");

/** Queues `a` and `b` whose messages, `a0 a1 …` and `b0 b1 …`, all went to `dead`; and `other`. */
const setUp = async (cloud: TestCloud, messages: number) => {
  const sqs = cloud.client(SQSClient);
  const make = async (QueueName: string, Attributes = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl;
  const urls = { dead: await make("dead"), other: await make("other") };
  for (const name of ["a", "b"]) {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
    const QueueUrl = await make(name, { RedrivePolicy, VisibilityTimeout: "0" });
    for (let n = 0; n < messages; n++) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${name}${n}` }));
    }
    for (let n = 0; n < 2; n++) await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  }
  const bodies = async (name: string) => {
    const received = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: `http://127.0.0.1:4566/123456789012/${name}`,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
      }),
    );
    return (received.Messages ?? []).map(({ Body }) => Body);
  };
  const start = (more: Partial<StartMessageMoveTaskCommandInput> = {}) =>
    sqs.send(new StartMessageMoveTaskCommand({ SourceArn, ...more }));
  const list = async () => (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results?.[0];
  return { sqs, urls, bodies, start, list };
};

describe("behaviour", () => {
  test("messages go back to where each came from", async () => {
    await using cloud = await testCloud();
    const { bodies, start, list } = await setUp(cloud, 2);
    await start();
    await cloud.tasks.idle();
    expect([await bodies("dead"), await bodies("a"), await bodies("b")]).toEqual([[], ["a0", "a1"], ["b0", "b1"]]);
    expect(await list()).toEqual({
      Status: "COMPLETED",
      SourceArn,
      ApproximateNumberOfMessagesMoved: 4,
      ApproximateNumberOfMessagesToMove: 4,
      StartedTimestamp: cloud.clock.now(),
    });
  });

  test("or elsewhere, so many a second, until it is cancelled", async () => {
    await using cloud = await testCloud();
    const { sqs, bodies, start, list } = await setUp(cloud, 2);
    const { TaskHandle } = await start({ DestinationArn: arnOf("other"), MaxNumberOfMessagesPerSecond: 1 });
    expect(await bodies("other")).toEqual(["a0"]);
    await expect(start()).rejects.toThrow("There is already a task running.");
    expect(await list()).toMatchObject({ Status: "RUNNING", TaskHandle, MaxNumberOfMessagesPerSecond: 1 });
    const cancelled = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(1);
    cloud.clock.advance(1000);
    await cloud.tasks.idle();
    expect(await list()).toMatchObject({ Status: "CANCELLED", ApproximateNumberOfMessagesMoved: 1 });
    expect((await bodies("dead")).length).toBe(3);
    await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toThrow("Only active tasks");
  });

  test("a destination that goes away fails the move", async () => {
    await using cloud = await testCloud();
    const { sqs, urls, start, list } = await setUp(cloud, 1);
    await start({ DestinationArn: arnOf("other"), MaxNumberOfMessagesPerSecond: 1 });
    await sqs.send(new DeleteQueueCommand({ QueueUrl: urls.other }));
    cloud.clock.advance(1000);
    await cloud.tasks.idle();
    expect(await list()).toMatchObject({
      Status: "FAILED",
      FailureReason: "AWS.SimpleQueueService.NonExistentQueue",
      ApproximateNumberOfMessagesMoved: 1,
    });
  });

  test("what nobody gave up has no way back", async () => {
    await using cloud = await testCloud();
    const { sqs, urls, start, list } = await setUp(cloud, 0);
    await sqs.send(new SendMessageCommand({ QueueUrl: urls.dead, MessageBody: "x" }));
    await start();
    await cloud.tasks.idle();
    expect(await list()).toMatchObject({ Status: "FAILED", FailureReason: "CouldNotDetermineMessageSource" });
  });
});

describe("refusals", () => {
  const handle = (task: object) => Buffer.from(JSON.stringify(task)).toString("base64");

  test.each<[string, string, string]>([
    ["a handle that is none", "foobared", "Value for parameter TaskHandle is invalid."],
    [
      "a task of a queue that is not there",
      handle({ taskId: "x", sourceArn: arnOf("none") }),
      "The resource that you specified for the SourceArn parameter doesn't exist.",
    ],
    ["a task that is not there", handle({ taskId: "x", sourceArn: SourceArn }), "Task does not exist."],
  ])("%s", async (_case, TaskHandle, message) => {
    await using cloud = await testCloud();
    const { sqs } = await setUp(cloud, 0);
    await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toThrow(message);
  });

  test.each<[string, Partial<StartMessageMoveTaskCommandInput>, string]>([
    [
      "a source that is no dead-letter queue",
      { SourceArn: arnOf("other") },
      "must be configured as a Dead Letter Queue",
    ],
    ["a destination that is not there", { DestinationArn: arnOf("none") }, "for the DestinationArn parameter doesn't"],
    ["too high a rate", { MaxNumberOfMessagesPerSecond: 501 }, "Must be between 1 and 500"],
  ])("%s", async (_case, more, message) => {
    await using cloud = await testCloud();
    const { start } = await setUp(cloud, 0);
    await expect(start(more)).rejects.toThrow(message);
  });
});
