import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (Properties: object) => {
  const Principal = { Service: "sns.amazonaws.com" };
  const Statement = [{ Effect: "Allow", Principal, Action: "sqs:SendMessage", Resource: "*" }];
  return {
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
  };
};

test("a queue comes with its policy, changes, and goes with its stack", async () => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const stack = stackOf(cloud);
  const { outputs } = await stack.create(
    template({
      DelaySeconds: 5,
      MaximumMessageSize: 2048,
      SqsManagedSseEnabled: false,
      Tags: [{ Key: "team", Value: "a" }],
    }),
  );
  const QueueUrl = outputs["Url"];
  expect(outputs["Name"]).toMatch(/^app-Q-/);
  const attributes = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes;
  expect(await attributes()).toMatchObject({
    DelaySeconds: "5",
    Policy: expect.stringContaining("sns.amazonaws.com"),
    RedrivePolicy: expect.stringContaining("maxReceiveCount"),
  });
  // AWS: the tags that CloudFormation gives other resources are not among a queue's.
  expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: "a" });
  await stack.update(template({ VisibilityTimeout: 60 }));
  expect(await attributes()).toMatchObject({
    DelaySeconds: "0",
    VisibilityTimeout: "60",
    MaximumMessageSize: "262144",
    SqsManagedSseEnabled: "false",
  });
  await stack.delete();
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
});

test("a queue that is there already is not taken over, nor deleted with the stack", async () => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
  const stack = stackOf(cloud);
  const { status, reasons } = await stack.create({
    Resources: { Orders: { Type: "AWS::SQS::Queue", Properties: { QueueName: "orders" } } },
  });
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join()).toMatch(
    /Resource of type 'AWS::SQS::Queue' with identifier 'orders' already exists\." \(RequestToken: .*AlreadyExists\)/,
  );
  await stack.delete();
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
});
