import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const Policy = JSON.stringify({
  Statement: [
    { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" },
  ],
});

const queueArn = (name: string) => `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:${name}`;

/** A topic whose deliveries to queues are logged, and one queue that lets SNS in. */
const loggedTopic = async (cloud: TestCloud) => {
  const sns = cloud.client(SNSClient);
  const role = await serviceRole(cloud.client(IAMClient), "feedback", "sns", "logs:*");
  await cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName: "open", Attributes: { Policy } }));
  await cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName: "closed" }));
  const Attributes = { SQSSuccessFeedbackRoleArn: role, SQSFailureFeedbackRoleArn: role };
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "t", Attributes }));
  return { sns, TopicArn };
};

const logged = async (cloud: TestCloud, logGroupName: string) => {
  const { events = [] } = await cloud.client(CloudWatchLogsClient).send(new FilterLogEventsCommand({ logGroupName }));
  return events.map(({ message }) => JSON.parse(message ?? "{}"));
};

test("what arrives is logged, and what does not beside it", async () => {
  await using cloud = await testCloud();
  const { sns, TopicArn } = await loggedTopic(cloud);
  for (const name of ["open", "closed"]) {
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn(name) }));
  }
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await cloud.tasks.idle();
  const group = `sns/${TEST_REGION}/${TEST_ACCOUNT}/t`;
  const notification = {
    messageMD5Sum: "5d41402abc4b2a76b9719d911017c592",
    messageId: MessageId,
    topicArn: TopicArn,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
  };
  expect(await logged(cloud, group)).toEqual([
    {
      notification,
      delivery: {
        deliveryId: expect.any(String),
        destination: queueArn("open"),
        providerResponse: expect.stringContaining("sqsMessageId"),
        dwellTimeMs: 0,
        statusCode: 200,
      },
      status: "SUCCESS",
    },
  ]);
  expect(await logged(cloud, `${group}/Failure`)).toMatchObject([
    { notification, delivery: { destination: queueArn("closed"), attempts: 1 }, status: "FAILURE" },
  ]);
});

test("of what succeeds the share that is asked for is logged", async () => {
  await using cloud = await testCloud();
  const { sns, TopicArn } = await loggedTopic(cloud);
  const set = (AttributeName: string, AttributeValue: string) =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
  await set("SQSSuccessFeedbackSampleRate", "0");
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn("open") }));
  await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await cloud.tasks.idle();
  const { logGroups } = await cloud.client(CloudWatchLogsClient).send(new DescribeLogGroupsCommand({}));
  expect(logGroups).toEqual([]);
  await expect(set("SQSSuccessFeedbackSampleRate", "101")).rejects.toThrow("SQSSuccessFeedbackSampleRate");
  await expect(set("SQSSuccessFeedbackRoleArn", "role")).rejects.toThrow("SQSSuccessFeedbackRoleArn");
});

test("a template asks for it by protocol", async () => {
  await using cloud = await testCloud();
  const role = await serviceRole(cloud.client(IAMClient), "feedback", "sns", "logs:*");
  const DeliveryStatusLogging = [{ Protocol: "http/s", SuccessFeedbackRoleArn: role, SuccessFeedbackSampleRate: "50" }];
  const template = {
    Resources: { T: { Type: "AWS::SNS::Topic", Properties: { DeliveryStatusLogging } } },
    Outputs: { Arn: { Value: { Ref: "T" } } },
  };
  const { outputs } = await stackOf(cloud).create(template);
  const { Attributes } = await cloud
    .client(SNSClient)
    .send(new GetTopicAttributesCommand({ TopicArn: outputs["Arn"] }));
  expect(Attributes).toMatchObject({ HTTPSuccessFeedbackRoleArn: role, HTTPSuccessFeedbackSampleRate: "50" });
});
