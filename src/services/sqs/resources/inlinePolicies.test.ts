import { CreateTopicCommand, GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const policy = (Sid: string, Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Sid, Effect: "Allow", Principal: "*", Action, Resource: "*" }],
});

test("inline policies of queues and topics come, change and go with their stack", async () => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const sns = cloud.client(SNSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  const onQueue = async () => {
    const get = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] });
    return (await sqs.send(get)).Attributes?.["Policy"];
  };
  const onTopic = async () =>
    (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes?.["Policy"] ?? "";
  const atFirst = await onTopic();
  const template = (sid: string) => ({
    Resources: {
      Queue: {
        Type: "AWS::SQS::QueueInlinePolicy",
        Properties: { Queue: QueueUrl, PolicyDocument: policy(sid, "sqs:SendMessage") },
      },
      Topic: {
        Type: "AWS::SNS::TopicInlinePolicy",
        Properties: { TopicArn, PolicyDocument: policy(sid, "sns:Publish") },
      },
    },
  });
  const stack = stackOf(cloud, "policies");
  await stack.create(template("one"));
  expect([JSON.parse((await onQueue()) ?? ""), JSON.parse(await onTopic())]).toMatchObject([
    policy("one", "sqs:SendMessage"),
    policy("one", "sns:Publish"),
  ]);
  await stack.update(template("two"));
  expect([await onQueue(), await onTopic()].every((text) => text?.includes('"two"'))).toBe(true);
  await stack.delete();
  expect([await onQueue(), await onTopic()]).toEqual([undefined, atFirst]);
});
