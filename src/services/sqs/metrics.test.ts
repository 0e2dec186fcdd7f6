import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../test/harness.ts";
import { metricsOf } from "../../../test/metricsOf.ts";

const queueIn = async (cloud: TestCloud) => {
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
  return { sqs, QueueUrl, send: (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })) };
};

const alarmOn = (MetricName: string, more: object = {}) =>
  new PutMetricAlarmCommand({
    AlarmName: MetricName,
    Namespace: "AWS/SQS",
    MetricName,
    Dimensions: [{ Name: "QueueName", Value: "orders" }],
    Statistic: "Maximum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: "GreaterThanThreshold",
    ...more,
  });

test("what is sent, received and deleted is counted", async () => {
  await using cloud = await testCloud();
  const { sqs, QueueUrl, send } = await queueIn(cloud);
  await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  await send("hello");
  await send("again!");
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
  await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(await metricsOf(cloud, "AWS/SQS", "QueueName", "orders")).toEqual({
    NumberOfEmptyReceives: 1,
    NumberOfMessagesSent: 2,
    SentMessageSize: 11,
    NumberOfMessagesReceived: 2,
    NumberOfMessagesDeleted: 1,
    ApproximateNumberOfMessagesVisible: 0,
    ApproximateNumberOfMessagesNotVisible: 1,
    ApproximateNumberOfMessagesDelayed: 0,
    ApproximateAgeOfOldestMessage: 0,
  });
});

test("alarms watch how many messages wait, and for how long", async () => {
  await using cloud = await testCloud();
  const { sqs, QueueUrl, send } = await queueIn(cloud);
  const cloudWatch = cloud.client(CloudWatchClient);
  await cloudWatch.send(alarmOn("ApproximateNumberOfMessagesVisible"));
  await cloudWatch.send(alarmOn("ApproximateAgeOfOldestMessage", { Threshold: 300 }));
  const states = async () => {
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
    return MetricAlarms.map(({ StateValue }) => StateValue);
  };
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      cloud.clock.advance(60_000);
      await cloud.tasks.idle();
    }
  };
  await send("hello");
  await pass(2);
  expect(await states()).toEqual(["OK", "ALARM"]);
  await pass(6);
  expect(await states()).toEqual(["ALARM", "ALARM"]);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
  await pass(3);
  expect(await states()).toEqual(["OK", "OK"]);
});

test("a queue that stands empty and unused is told of for six hours", async () => {
  await using cloud = await testCloud();
  await queueIn(cloud);
  expect(await metricsOf(cloud, "AWS/SQS", "QueueName", "orders")).toMatchObject({
    ApproximateNumberOfMessagesVisible: 0,
  });
  const told = async (hours: number) => {
    cloud.clock.advance(hours * 3_600_000);
    return (await metricsOf(cloud, "AWS/SQS", "QueueName", "orders"))["ApproximateNumberOfMessagesVisible"];
  };
  expect(await told(5)).toBe(0);
  expect(await told(2)).toBeUndefined();
});
