import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../test/harness.ts";
import { metricsOf } from "../../../test/metricsOf.ts";

const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:${name}`;

test("what is published, delivered, filtered out and given up is counted", async () => {
  await using cloud = await testCloud();
  const [sns, sqs] = [cloud.client(SNSClient), cloud.client(SQSClient)];
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" },
  });
  for (const QueueName of ["open", "picky", "dead"])
    await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
  const listen = (name: string, Attributes: Record<string, string> = {}) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn(name), Attributes }));
  await listen("open");
  await listen("picky", { FilterPolicy: '{"kind":["weather"]}' });
  await listen("nowhere", { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("dead") }) });
  await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await cloud.tasks.idle();
  expect(await metricsOf(cloud, "AWS/SNS", "TopicName", "news")).toEqual({
    NumberOfMessagesPublished: 1,
    PublishSize: 5,
    NumberOfNotificationsDelivered: 1,
    NumberOfNotificationsFilteredOut: 1,
    NumberOfNotificationsFailed: 1,
    NumberOfNotificationsRedrivenToDlq: 1,
  });
});
