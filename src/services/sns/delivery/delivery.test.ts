import {
  AddPermissionCommand,
  CreateTopicCommand,
  GetTopicAttributesCommand,
  PublishBatchCommand,
  PublishCommand,
  RemovePermissionCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { whileTimePasses } from "../../../../test/whileTimePasses.ts";

const Policy = JSON.stringify({
  Statement: [
    { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" },
  ],
});

const queue = async (cloud: TestCloud, name: string, Attributes: Record<string, string> = {}) => {
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { Policy, ...Attributes } }),
  );
  const received = async () => {
    await cloud.tasks.idle();
    const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
    return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
  };
  return { arn: `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:${name}`, received };
};

test("raw, a message and its attributes arrive as they are; each protocol gets its own text", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { arn, received } = await queue(cloud, "raw");
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t" }));
  const Attributes = { RawMessageDelivery: "true" };
  await client.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: arn, Attributes }));
  await client.send(
    new PublishCommand({
      TopicArn,
      MessageStructure: "json",
      Message: JSON.stringify({ default: "for all", sqs: "for queues" }),
      MessageAttributes: { kind: { DataType: "String", StringValue: "x" } },
    }),
  );
  expect(await received()).toMatchObject([
    { Body: "for queues", MessageAttributes: { kind: { DataType: "String", StringValue: "x" } } },
  ]);
});

test("what a receiver never takes goes to its dead-letter queue", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { arn, received } = await queue(cloud, "dead");
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t" }));
  const subscribe = (policy: object) =>
    client.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:gone`,
        Attributes: { RedrivePolicy: JSON.stringify(policy) },
      }),
    );
  await expect(subscribe({ deadLetterTargetArn: "nowhere" })).rejects.toThrow("RedrivePolicy");
  await subscribe({ deadLetterTargetArn: arn });
  await client.send(new PublishCommand({ TopicArn, Message: "lost" }));
  const messages = await whileTimePasses(cloud, received(), 10_000);
  expect(JSON.parse(messages[0]?.Body ?? "{}")).toMatchObject({ Type: "Notification", Message: "lost" });
});

test("a FIFO topic numbers messages, keeps their order, and takes each once", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { arn, received } = await queue(cloud, "ordered.fifo", { FifoQueue: "true" });
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t.fifo", Attributes: { FifoTopic: "true" } }));
  await client.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: arn }));
  const entry = (id: string) => ({ Id: id, Message: id, MessageGroupId: "g", MessageDeduplicationId: id });
  const { Successful = [] } = await client.send(
    new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: ["a", "b", "c"].map(entry) }),
  );
  const numbers = Successful.map(({ SequenceNumber = "" }) => SequenceNumber);
  expect(numbers).toEqual([...numbers].sort());
  const again = await client.send(new PublishCommand({ TopicArn, ...entry("a") }));
  expect(again.SequenceNumber).toBe(numbers[0]);
  expect((await received()).map(({ Body = "" }) => JSON.parse(Body).Message)).toEqual(["a", "b", "c"]);
  await expect(client.send(new PublishCommand({ TopicArn, Message: "x", MessageGroupId: "g" }))).rejects.toThrow(
    "ContentBasedDeduplication",
  );
  await expect(client.send(new PublishCommand({ TopicArn, Message: "x" }))).rejects.toThrow("MessageGroupId");
});

test("permissions are statements of the topic's policy", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t" }));
  const labels = async () => {
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    return JSON.parse(Attributes?.["Policy"] ?? "{}").Statement.map(({ Sid }: { Sid: string }) => Sid);
  };
  const add = () =>
    client.send(
      new AddPermissionCommand({ TopicArn, Label: "friend", AWSAccountId: ["111122223333"], ActionName: ["Publish"] }),
    );
  await add();
  expect(await labels()).toEqual(["__default_statement_ID", "friend"]);
  await expect(add()).rejects.toThrow("Statement already exists");
  await client.send(new RemovePermissionCommand({ TopicArn, Label: "friend" }));
  expect(await labels()).toEqual(["__default_statement_ID"]);
});

test("a message to a telephone is refused by name", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  await expect(client.send(new PublishCommand({ PhoneNumber: "+15555550100", Message: "x" }))).rejects.toMatchObject({
    name: "NotImplemented",
  });
});
