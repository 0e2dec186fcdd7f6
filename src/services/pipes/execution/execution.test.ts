import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import type { CreatePipeCommandInput } from "@aws-sdk/client-pipes";
import { CreateStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { metricsOf } from "../../../../test/metricsOf.ts";
import { allow, serviceRole } from "../../../../test/serviceRole.ts";
import { EVENTUALLY, pipesCloud, queueArn, queueUrl, READS, SENDS } from "../testPipes.ts";

let made: Awaited<ReturnType<typeof pipesCloud>>;
beforeEach(async () => {
  made = await pipesCloud([...SENDS, "states:*", "logs:*"]);
});
afterEach(() => made[Symbol.asyncDispose]());

const send = (MessageBody: string, name = "in", more: object = {}) =>
  made.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(name), MessageBody, ...more }));

/** How many messages of the source can be seen, and how many are being handled. */
const left = async () => {
  const { Attributes } = await made.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl("in"), AttributeNames: ["All"] }),
  );
  return [Attributes?.["ApproximateNumberOfMessages"], Attributes?.["ApproximateNumberOfMessagesNotVisible"]];
};

/** An express machine of one state, which answers what the expression makes of its input. */
const machine = async (Output: unknown, name = "enrich") => {
  const roleArn = await serviceRole(made.cloud.client(IAMClient), name, "states");
  const state = typeof Output === "object" ? Output : { Type: "Pass", Output };
  const definition = JSON.stringify({
    QueryLanguage: "JSONata",
    StartAt: "A",
    States: { A: { End: true, ...state } },
  });
  const sfn = made.cloud.client(SFNClient, { disableHostPrefix: true });
  const { stateMachineArn = "" } = await sfn.send(
    new CreateStateMachineCommand({ name, roleArn, definition, type: "EXPRESS" }),
  );
  return stateMachineArn;
};

const logged = async (logGroupName: string, count: number) => {
  const logs = made.cloud.client(CloudWatchLogsClient);
  return vi.waitFor(async () => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events.length).toBeGreaterThanOrEqual(count);
    return events.map(({ message = "" }) => message);
  }, EVENTUALLY);
};
const logGroup = async (logGroupName: string) => {
  await made.cloud.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName }));
  return `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;
};

describe("from a queue to a queue", () => {
  test("messages that a filter lets pass come as their template makes them, the others are gone", async () => {
    await made.create({
      SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] } },
      TargetParameters: {
        InputTemplate: '{"id":<$.body.id>,"from":<aws.pipes.pipe-name>,"all":"<$.body.kind> no. <$.body.id>"}',
      },
    });
    await send('{"kind":"other"}');
    await send("plain");
    await send('{"kind":"order","id":7}');
    const [message] = await made.arrived(1);
    expect(JSON.parse(message?.Body ?? "")).toEqual({ id: 7, from: "p", all: "order no. 7" });
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "0"]), EVENTUALLY);
    expect(await metricsOf(made.cloud, "AWS/EventBridge/Pipes", "PipeName", "p")).toMatchObject({
      Invocations: 1,
      EventCount: 1,
      ExecutionFailed: 0,
    });
  });

  test("in FIFO queues, groups are found in the event", async () => {
    const Attributes = { FifoQueue: "true", ContentBasedDeduplication: "true" };
    for (const QueueName of ["in.fifo", "out.fifo"])
      await made.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    await made.create({
      Source: queueArn("in.fifo"),
      Target: queueArn("out.fifo"),
      TargetParameters: { InputTemplate: "<$.body.n>", SqsQueueParameters: { MessageGroupId: "$.body.account" } },
    });
    await send('{"account":"a","n":1}', "in.fifo", { MessageGroupId: "x" });
    const [message] = await made.arrived(1, "out.fifo");
    expect(message).toMatchObject({ Body: "1", Attributes: { MessageGroupId: "a" } });
  });
});

describe("enrichment", () => {
  test("what a state machine answers goes on, in as many events as it answers", async () => {
    const Enrichment = await machine("{% [$states.input.{'seen': body}, {'more': true}] %}");
    await made.create({ Enrichment, SourceParameters: { SqsQueueParameters: { BatchSize: 1 } } });
    await send("hello");
    const bodies = (await made.arrived(2)).map(({ Body = "" }) => JSON.parse(Body));
    expect(bodies).toEqual(expect.arrayContaining([{ seen: "hello" }, { more: true }]));
  });

  test.each(["{% [] %}", "{% {} %}", ""])("an answer that is empty, as %s, ends the execution", async (answer) => {
    const LogGroupArn = await logGroup("pipe-log");
    await made.create({
      Enrichment: await machine(answer),
      LogConfiguration: { Level: "INFO", CloudwatchLogsLogDestination: { LogGroupArn } },
    });
    await send("hello");
    const steps = (await logged("pipe-log", 5)).map((message) => JSON.parse(message).messageType);
    expect(steps).toEqual([
      "ExecutionStarted",
      "EnrichmentStageEntered",
      "EnrichmentStageSucceeded",
      "TargetStageSkipped",
      "ExecutionSucceeded",
    ]);
  });
});

describe("failures", () => {
  const retried = async (pipe: Partial<CreatePipeCommandInput>) => {
    const LogGroupArn = await logGroup("pipe-log");
    await made.create({
      ...pipe,
      LogConfiguration: {
        Level: "ERROR",
        CloudwatchLogsLogDestination: { LogGroupArn },
        IncludeExecutionData: ["ALL"],
      },
    });
    await send("hello");
    return (await logged("pipe-log", 3)).map((message) => JSON.parse(message));
  };

  test("a role that may not send is told in the log, and the message stays in its queue", async () => {
    await allow(made.cloud.client(IAMClient), "pipe", READS);
    const [first, second, third] = await retried({});
    expect(first).toEqual({
      resourceArn: "arn:aws:pipes:us-east-1:123456789012:pipe/p",
      timestamp: made.cloud.clock.now(),
      executionId: expect.any(String),
      messageType: "TargetInvocationFailed",
      logLevel: "ERROR",
      error: {
        message: `Target invocation failed with error from Sqs. Not allowed to invoke ${queueArn("out")}.`,
        httpStatusCode: 400,
        awsService: "sqs",
        requestId: first.executionId,
        exceptionType: "AccessDenied",
        resourceArn: queueArn("out"),
      },
    });
    expect(second).toMatchObject({ messageType: "TargetStageFailed", error: first.error });
    expect(third).toMatchObject({ messageType: "ExecutionFailed", error: first.error });
    await allow(made.cloud.client(IAMClient), "pipe", SENDS);
    made.cloud.clock.advance(30_000);
    expect(JSON.parse((await made.arrived(1))[0]?.Body ?? "")).toMatchObject({ body: "hello" });
  });

  test("what a machine names is tried again, and nothing else of the batch", async () => {
    const failing = "{% {'batchItemFailures': [$states.input[body = 'bad'].{'itemIdentifier': messageId}]} %}";
    const LogGroupArn = await logGroup("pipe-log");
    await made.create({
      LogConfiguration: { Level: "ERROR", CloudwatchLogsLogDestination: { LogGroupArn } },
      Target: await machine(failing, "target"),
      SourceParameters: { SqsQueueParameters: { BatchSize: 2, MaximumBatchingWindowInSeconds: 60 } },
    });
    await send("good");
    await send("bad");
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "1"]), EVENTUALLY);
    expect((await logged("pipe-log", 3)).map((message) => JSON.parse(message).messageType)).toEqual([
      "TargetInvocationPartiallyFailed",
      "TargetStagePartiallyFailed",
      "ExecutionPartiallyFailed",
    ]);
  });

  test("a template that makes no document of an event", async () => {
    const [first] = await retried({ TargetParameters: { InputTemplate: '{"a":<$.body> "b":1}' } });
    expect(first).toMatchObject({
      messageType: "TargetTransformationFailed",
      error: { message: expect.stringContaining("Target transformation failed.") },
    });
  });
});
