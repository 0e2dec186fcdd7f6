import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";

const QUEUE_ARN = `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:due`;
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: QUEUE_ARN,
    },
  ],
});

/** A rule whose target is a queue. */
const scheduled = async (cloud: TestCloud, ScheduleExpression: string) => {
  const events = cloud.client(EventBridgeClient);
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: "due", Attributes: { Policy: policy, VisibilityTimeout: "43200" } }),
  );
  const { RuleArn } = await events.send(new PutRuleCommand({ Name: "r", ScheduleExpression }));
  await events.send(new PutTargetsCommand({ Rule: "r", Targets: [{ Id: "q", Arn: QUEUE_ARN }] }));
  const arrived = async () => {
    await settle(cloud);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body = "" }) => JSON.parse(Body));
  };
  return { events, arrived, RuleArn };
};

/** The timer is no task, so what it starts begins a turn later. */
const settle = async (cloud: TestCloud) => {
  await new Promise((resolve) => setImmediate(resolve));
  await cloud.tasks.idle();
};

const MINUTE = 60_000;

describe("a scheduled rule", () => {
  test("sends an event to its targets each time it is due", async () => {
    await using cloud = await testCloud();
    const { arrived, RuleArn, events } = await scheduled(cloud, "rate(5 minutes)");
    cloud.clock.advance(4 * MINUTE);
    expect(await arrived()).toEqual([]);
    cloud.clock.advance(MINUTE);
    expect(await arrived()).toEqual([
      {
        version: "0",
        id: expect.any(String),
        "detail-type": "Scheduled Event",
        source: "aws.events",
        account: TEST_ACCOUNT,
        time: "2026-01-01T00:05:00Z",
        region: "us-east-1",
        resources: [RuleArn],
        detail: {},
      },
    ]);
    cloud.clock.advance(5 * MINUTE);
    expect(await arrived()).toMatchObject([{ time: "2026-01-01T00:10:00Z" }]);
    expect(await events.send(new DescribeRuleCommand({ Name: "r" }))).toMatchObject({
      ScheduleExpression: "rate(5 minutes)",
      State: "ENABLED",
    });
    expect(await events.send(new ListRuleNamesByTargetCommand({ TargetArn: QUEUE_ARN }))).toMatchObject({
      RuleNames: ["r"],
    });
  });

  test("keeps to a cron expression", async () => {
    await using cloud = await testCloud();
    const { arrived } = await scheduled(cloud, "cron(30 6 ? * MON *)");
    cloud.clock.advance(4 * 24 * 60 * MINUTE + 6 * 60 * MINUTE);
    expect(await arrived()).toEqual([]);
    cloud.clock.advance(30 * MINUTE);
    expect(await arrived()).toMatchObject([{ time: "2026-01-05T06:30:00Z" }]);
  });

  test("rests while it is disabled and counts anew from when it is enabled", async () => {
    await using cloud = await testCloud();
    const { events, arrived } = await scheduled(cloud, "rate(5 minutes)");
    await events.send(new DisableRuleCommand({ Name: "r" }));
    cloud.clock.advance(7 * MINUTE);
    expect(await arrived()).toEqual([]);
    await events.send(new EnableRuleCommand({ Name: "r" }));
    cloud.clock.advance(4 * MINUTE);
    expect(await arrived()).toEqual([]);
    cloud.clock.advance(MINUTE);
    expect(await arrived()).toMatchObject([{ time: "2026-01-01T00:12:00Z" }]);
  });

  test("is quiet once its schedule is gone", async () => {
    await using cloud = await testCloud();
    const { events, arrived } = await scheduled(cloud, "rate(5 minutes)");
    await events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":["x"]}' }));
    cloud.clock.advance(6 * MINUTE);
    expect(await arrived()).toEqual([]);
    await expect(events.send(new DeleteRuleCommand({ Name: "r" }))).rejects.toThrow("has targets");
  });
});

test.each([
  ["cron(0 10 * * * *)", "default", "Parameter ScheduleExpression is not valid."],
  ["at(2026-11-20T13:00:00)", "default", "Parameter ScheduleExpression is not valid."],
  ["rate(1 minutes)", "default", "Parameter ScheduleExpression is not valid."],
])("%s is refused", async (ScheduleExpression, EventBusName, message) => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const put = new PutRuleCommand({ Name: "r", ScheduleExpression, EventBusName });
  await expect(events.send(put)).rejects.toMatchObject({ name: "ValidationException", message });
});
