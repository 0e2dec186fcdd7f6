import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const ARN = "arn:aws:sqs:us-east-1:123456789012:q";

test("a queue is made once, found, listed and deleted", async () => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const make = (Attributes = {}) => sqs.send(new CreateQueueCommand({ QueueName: "q", Attributes }));
  const { QueueUrl } = await make();
  expect(QueueUrl).toBe("http://127.0.0.1:4566/123456789012/q");
  expect((await make({ VisibilityTimeout: "30" })).QueueUrl).toBe(QueueUrl);
  await expect(make({ VisibilityTimeout: "31" })).rejects.toMatchObject({ name: "QueueNameExists" });
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: "q" }))).QueueUrl).toBe(QueueUrl);
  expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "q" }))).QueueUrls).toEqual([QueueUrl]);
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: "q" }))).rejects.toMatchObject({
    name: "QueueDoesNotExist",
    message: "The specified queue does not exist.",
  });
});

test.each<[string, string, Record<string, string>, string]>([
  ["a name with other characters", "a b", {}, "InvalidParameterValue"],
  ["a FIFO queue without its suffix", "q", { FifoQueue: "true" }, "InvalidParameterValue"],
  ["an attribute nobody knows", "q", { Colour: "red" }, "InvalidAttributeName"],
  ["a value out of range", "q", { VisibilityTimeout: "43201" }, "InvalidAttributeValue"],
  [
    "a dead-letter queue that is not there",
    "q",
    { RedrivePolicy: `{"deadLetterTargetArn":"${ARN}2","maxReceiveCount":1}` },
    "InvalidAttributeValue",
  ],
])("refuses %s", async (_case, QueueName, Attributes, name) => {
  await using cloud = await testCloud();
  await expect(cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName, Attributes }))).rejects.toMatchObject({
    name,
  });
});

test("attributes, permissions and tags", async () => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q", tags: { a: "1" } }));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: "7" } }));
  const attributes = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes;
  expect(await attributes()).toMatchObject({ QueueArn: ARN, DelaySeconds: "7", VisibilityTimeout: "30" });
  await sqs.send(
    new AddPermissionCommand({ QueueUrl, Label: "l", AWSAccountIds: ["111111111111"], Actions: ["SendMessage"] }),
  );
  expect((await attributes())?.["Policy"]).toContain('"Sid":"l"');
  await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: "l" }));
  expect((await attributes())?.["Policy"]).toBeUndefined();
  await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { b: "2" } }));
  await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["a"] }));
  expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: "2" });
});

test("a dead-letter queue knows its sources", async () => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: ARN.replace(/q$/, "dead"), maxReceiveCount: 3 });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q", Attributes: { RedrivePolicy } }));
  const { queueUrls } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead.QueueUrl }));
  expect(queueUrls).toEqual([QueueUrl]);
});

test.each<[string, Record<string, string>, string]>([
  ["another type", { FifoQueue: "false" }, "Modifying queue type is not supported."],
  [
    "two kinds of encryption",
    { KmsMasterKeyId: "k", SqsManagedSseEnabled: "true" },
    "You can use one type of server-side",
  ],
])("refuses to give a queue %s", async (_case, Attributes, message) => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: "q.fifo", Attributes: { FifoQueue: "true" } }),
  );
  await expect(sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))).rejects.toThrow(message);
});

test.each<[string, Record<string, string>, string]>([
  ["unknown", { FifoQueue: "true" }, "Unknown Attribute FifoQueue."],
  [
    "named",
    { DeduplicationScope: "queue" },
    "You can specify the DeduplicationScope only when FifoQueue is set to true.",
  ],
])("what only FIFO queues have is %s to the others", async (_case, Attributes, message) => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  await expect(sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))).rejects.toThrow(message);
});

test("one kind of encryption takes the other's place", async () => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  const encryption = async (Attributes: Record<string, string>) => {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    const AttributeNames = ["KmsMasterKeyId" as const, "SqsManagedSseEnabled" as const];
    return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes;
  };
  expect(await encryption({ KmsMasterKeyId: "k" })).toEqual({ KmsMasterKeyId: "k", SqsManagedSseEnabled: "false" });
  expect(await encryption({ SqsManagedSseEnabled: "true" })).toEqual({ SqsManagedSseEnabled: "true" });
});

test.each<[string, string[], string[], string]>([
  ["no action", ["1".repeat(12)], [], "The request must contain the parameter Actions."],
  [
    "an owner's action",
    ["1".repeat(12)],
    ["RemovePermission"],
    "Only the queue owner is allowed to invoke this action.",
  ],
  ["nobody", [], ["SendMessage"], "Value [] for parameter PrincipalId is invalid."],
])("refuses a permission for %s", async (_case, AWSAccountIds, Actions, message) => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  const input = { QueueUrl, Label: "l", AWSAccountIds, Actions };
  await expect(sqs.send(new AddPermissionCommand(input))).rejects.toThrow(message);
  await expect(sqs.send(new RemovePermissionCommand({ QueueUrl, Label: "l" }))).rejects.toThrow("can't find label.");
});

test("a topic reaches a queue only where the queue's policy lets it", async () => {
  await using cloud = await testCloud();
  const sqs = cloud.client(SQSClient);
  const sns = cloud.client(SNSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "t" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: ARN }));
  const statement = { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage" };
  const Condition = { ArnEquals: { "aws:SourceArn": TopicArn } };
  const Policy = JSON.stringify({ Statement: [{ ...statement, Resource: ARN, Condition }] });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await cloud.tasks.idle();
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(JSON.parse(Messages?.[0]?.Body ?? "{}")).toMatchObject({ Type: "Notification", Message: "hello" });
});
