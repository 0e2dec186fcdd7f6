import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const template = (Properties: object) => {
  const Principal = { Service: "sns.amazonaws.com" };
  const Statement = [{ Effect: "Allow", Principal, Action: "sqs:SendMessage", Resource: "*" }];
  return JSON.stringify({
    Resources: {
      Dead: { Type: "AWS::SQS::Queue" },
      Q: {
        Type: "AWS::SQS::Queue",
        Properties: {
          RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 3 },
          ...Properties,
        },
      },
      Allow: {
        Type: "AWS::SQS::QueuePolicy",
        Properties: { Queues: [{ Ref: "Q" }], PolicyDocument: { Statement } },
      },
    },
    Outputs: { Url: { Value: { Ref: "Q" } }, Name: { Value: { "Fn::GetAtt": ["Q", "QueueName"] } } },
  });
};

test("a queue comes with its policy, changes, and goes with its stack", async () => {
  await using cloud = await testCloud();
  const cloudFormation = cloud.client(CloudFormationClient);
  const sqs = cloud.client(SQSClient);
  const StackName = "app";
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: template({ DelaySeconds: 5 }) }));
  await cloud.tasks.idle();
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const [QueueUrl, name] = (Stacks?.[0]?.Outputs ?? []).map(({ OutputValue }) => OutputValue);
  expect(name).toMatch(/^app-Q-/);
  const attributes = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes;
  expect(await attributes()).toMatchObject({
    DelaySeconds: "5",
    Policy: expect.stringContaining("sns.amazonaws.com"),
    RedrivePolicy: expect.stringContaining("maxReceiveCount"),
  });
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: template({ VisibilityTimeout: 60 }) }));
  await cloud.tasks.idle();
  expect(await attributes()).toMatchObject({ DelaySeconds: "0", VisibilityTimeout: "60" });
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  await cloud.tasks.idle();
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
});
