import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateTopicCommand, GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

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
  const template = (sid: string) =>
    JSON.stringify({
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
  const cloudFormation = cloud.client(CloudFormationClient);
  const StackName = "policies";
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: template("one") }));
  await cloud.tasks.idle();
  expect([JSON.parse((await onQueue()) ?? ""), JSON.parse(await onTopic())]).toMatchObject([
    policy("one", "sqs:SendMessage"),
    policy("one", "sns:Publish"),
  ]);
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: template("two") }));
  await cloud.tasks.idle();
  expect([await onQueue(), await onTopic()].every((text) => text?.includes('"two"'))).toBe(true);
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  await cloud.tasks.idle();
  expect([await onQueue(), await onTopic()]).toEqual([undefined, atFirst]);
});
