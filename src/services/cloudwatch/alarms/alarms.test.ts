import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";

const alarmInput = {
  AlarmName: "errors",
  Namespace: "Shop",
  MetricName: "Errors",
  Statistic: "Sum" as const,
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: "GreaterThanOrEqualToThreshold" as const,
  TreatMissingData: "notBreaching",
};

const pass = async (cloud: TestCloud, ms: number) => {
  cloud.clock.advance(ms);
  await cloud.tasks.idle();
};

const stateOf = async (client: CloudWatchClient, AlarmName = "errors") => {
  const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
    new DescribeAlarmsCommand({ AlarmNames: [AlarmName], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }),
  );
  return [...MetricAlarms, ...CompositeAlarms][0];
};

const fail = (client: CloudWatchClient, Value = 2) =>
  client.send(new PutMetricDataCommand({ Namespace: "Shop", MetricData: [{ MetricName: "Errors", Value }] }));

/** A topic with a queue behind it. */
const listenedTopic = async (cloud: TestCloud) => {
  const [sns, sqs] = [cloud.client(SNSClient), cloud.client(SQSClient)];
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "alarms" }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "told" }));
  const queueArn = `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:told`;
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: queueArn },
    ],
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn }));
  const told = async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return Messages.map(({ Body = "" }) => JSON.parse(Body)).map(({ Subject, Message }) => ({
      Subject,
      ...JSON.parse(Message),
    }));
  };
  return { TopicArn, told };
};

test("an alarm goes off and comes back with its metric, and its topic hears of both", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(CloudWatchClient);
  const { TopicArn, told } = await listenedTopic(cloud);
  await client.send(new PutMetricAlarmCommand({ ...alarmInput, AlarmActions: [TopicArn], OKActions: [TopicArn] }));
  expect(await stateOf(client)).toMatchObject({
    StateValue: "INSUFFICIENT_DATA",
    StateReason: "Unchecked: Initial alarm creation",
  });
  await fail(client);
  await pass(cloud, 60_000);
  expect(await stateOf(client)).toMatchObject({
    StateValue: "ALARM",
    StateReason:
      "Threshold Crossed: 1 out of the last 1 datapoint [2.0 (01/01/26 00:00:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).",
  });
  expect(await told()).toMatchObject([
    {
      Subject: 'ALARM: "errors" in US East (N. Virginia)',
      AlarmName: "errors",
      NewStateValue: "ALARM",
      OldStateValue: "INSUFFICIENT_DATA",
      Trigger: { MetricName: "Errors", Statistic: "SUM", Period: 60, Threshold: 1 },
    },
  ]);
  await pass(cloud, 5 * 60_000);
  expect((await stateOf(client))?.StateValue).toBe("OK");
  expect(await told()).toMatchObject([{ NewStateValue: "OK", OldStateValue: "ALARM" }]);
  const { AlarmHistoryItems = [] } = await client.send(
    new DescribeAlarmHistoryCommand({ AlarmName: "errors", ScanBy: "TimestampAscending" }),
  );
  expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual([
    'Alarm "errors" created',
    "Alarm updated from INSUFFICIENT_DATA to ALARM",
    `Successfully executed action ${TopicArn}`,
    "Alarm updated from ALARM to OK",
    `Successfully executed action ${TopicArn}`,
  ]);
});

test("when the clock leaps, every minute between is looked at", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(CloudWatchClient);
  await client.send(new PutMetricAlarmCommand(alarmInput));
  await fail(client);
  await pass(cloud, 60 * 60_000);
  const { AlarmHistoryItems = [] } = await client.send(
    new DescribeAlarmHistoryCommand({ HistoryItemType: "StateUpdate", ScanBy: "TimestampAscending" }),
  );
  expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual([
    "Alarm updated from INSUFFICIENT_DATA to ALARM",
    "Alarm updated from ALARM to OK",
  ]);
});

test("a composite alarm follows its rule", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(CloudWatchClient);
  await client.send(new PutMetricAlarmCommand(alarmInput));
  await client.send(new PutMetricAlarmCommand({ ...alarmInput, AlarmName: "slow" }));
  const AlarmRule = 'ALARM("errors") AND NOT ALARM(slow)';
  await client.send(new PutCompositeAlarmCommand({ AlarmName: "both", AlarmRule }));
  expect((await stateOf(client, "both"))?.StateValue).toBe("OK");
  const set = (AlarmName: string, StateValue: "OK" | "ALARM") =>
    client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "by hand" }));
  await set("errors", "ALARM");
  expect(await stateOf(client, "both")).toMatchObject({
    StateValue: "ALARM",
    StateReason: `arn:aws:cloudwatch:us-east-1:${TEST_ACCOUNT}:alarm:errors transitioned to ALARM at Thursday 1 January, 2026 00:00:00 UTC`,
  });
  await set("slow", "ALARM");
  expect((await stateOf(client, "both"))?.StateValue).toBe("OK");
  await cloud.tasks.idle();
});

test("a composite alarm tells which alarm moved it, to ALARM and back", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(CloudWatchClient);
  await client.send(new PutMetricAlarmCommand(alarmInput));
  await client.send(new PutMetricAlarmCommand({ ...alarmInput, AlarmName: "slow" }));
  const AlarmRule = "ALARM(errors) OR ALARM(slow)";
  await client.send(new PutCompositeAlarmCommand({ AlarmName: "either", AlarmRule }));
  const triggers = async () => JSON.parse((await stateOf(client, "either"))?.StateReasonData ?? "{}").triggeringAlarms;
  expect((await triggers()).map(({ arn }: { arn: string }) => arn.split(":").at(-1))).toEqual(["errors", "slow"]);
  const triggeredBy = async (StateValue: "OK" | "ALARM") => {
    cloud.clock.advance(1000);
    await client.send(new SetAlarmStateCommand({ AlarmName: "slow", StateValue, StateReason: "by hand" }));
    return triggers();
  };
  const slow = (value: string) => ({
    arn: `arn:aws:cloudwatch:us-east-1:${TEST_ACCOUNT}:alarm:slow`,
    state: { value, timestamp: expect.any(String) },
  });
  expect(await triggeredBy("ALARM")).toEqual([slow("ALARM")]);
  expect(await triggeredBy("OK")).toEqual([slow("OK")]);
  await cloud.tasks.idle();
});

test("state changes and configurations are events", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(CloudWatchClient);
  const seen: string[] = [];
  cloud.events.subscribe(({ source, detailType, detail }) => {
    if (source === "aws.cloudwatch")
      seen.push(`${detailType}: ${JSON.stringify(detail["operation"] ?? detail["state"])}`);
  });
  await client.send(new PutMetricAlarmCommand(alarmInput));
  await client.send(new SetAlarmStateCommand({ AlarmName: "errors", StateValue: "OK", StateReason: "by hand" }));
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ["errors"] }));
  await cloud.tasks.idle();
  expect(seen).toEqual([
    'CloudWatch Alarm Configuration Change: "create"',
    'CloudWatch Alarm State Change: {"value":"OK","reason":"by hand","timestamp":"2026-01-01T00:00:00.000+0000"}',
    'CloudWatch Alarm Configuration Change: "delete"',
  ]);
});

test("alarms that cannot be are refused", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(CloudWatchClient);
  const put = (changes: object) => client.send(new PutMetricAlarmCommand({ ...alarmInput, ...changes }));
  await expect(put({ AlarmActions: ["nonsense"] })).rejects.toThrow("Invalid arn syntax: nonsense");
  await expect(put({ EvaluationPeriods: 2000 })).rejects.toThrow("Metrics cannot be checked across more than a day");
  await expect(put({ Statistic: undefined })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(put({ TreatMissingData: "hope" })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(put({ ThresholdMetricId: "ad1" })).rejects.toMatchObject({ name: "NotImplemented" });
  await expect(
    client.send(new SetAlarmStateCommand({ AlarmName: "none", StateValue: "OK", StateReason: "x" })),
  ).rejects.toMatchObject({ name: "ResourceNotFound" });
  await expect(client.send(new PutCompositeAlarmCommand({ AlarmName: "c", AlarmRule: "ALARM(none)" }))).rejects.toThrow(
    "do not exist",
  );
  await expect(
    client.send(new PutCompositeAlarmCommand({ AlarmName: "c", AlarmRule: "ALARM(errors" })),
  ).rejects.toMatchObject({ name: "ValidationException" });
});
