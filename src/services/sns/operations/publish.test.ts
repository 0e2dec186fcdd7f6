import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { passesFilter } from "../delivery/filter.ts";

test("a topic is made once, listed, and takes messages", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { TopicArn } = await client.send(
    new CreateTopicCommand({ Name: "failures", Attributes: { DisplayName: "Failures" } }),
  );
  expect(TopicArn).toBe("arn:aws:sns:us-east-1:123456789012:failures");
  expect(
    (await client.send(new CreateTopicCommand({ Name: "failures", Attributes: { DisplayName: "Failures" } }))).TopicArn,
  ).toBe(TopicArn);
  expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }]);
  const { MessageId } = await client.send(new PublishCommand({ TopicArn, Message: "it broke", Subject: "Deploy" }));
  expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
});

test("an email subscription waits for its owner", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "failures" }));
  const { SubscriptionArn } = await client.send(
    new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: "a@example.com" }),
  );
  expect(SubscriptionArn).toBe("pending confirmation");
  const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(Subscriptions).toMatchObject([
    { SubscriptionArn: "PendingConfirmation", Protocol: "email", Endpoint: "a@example.com" },
  ]);
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes).toMatchObject({ SubscriptionsPending: "1", SubscriptionsConfirmed: "0", Owner: "123456789012" });
});

test("refusals are SNS's own", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const TopicArn = "arn:aws:sns:us-east-1:123456789012:none";
  await expect(client.send(new PublishCommand({ TopicArn, Message: "x" }))).rejects.toMatchObject({
    name: "NotFoundException",
    message: "Topic does not exist",
  });
  await expect(client.send(new CreateTopicCommand({ Name: "a b" }))).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "Invalid parameter: Topic Name",
  });
  const made = await client.send(new CreateTopicCommand({ Name: "t" }));
  await expect(
    client.send(new PublishCommand({ TopicArn: made.TopicArn, Message: "{}", MessageStructure: "json" })),
  ).rejects.toMatchObject({
    message: "Invalid parameter: Message Structure - No default entry in JSON message body",
  });
  const entries = [1, 2].map(() => ({ Id: "same", Message: "x" }));
  await expect(
    client.send(new PublishBatchCommand({ TopicArn: made.TopicArn, PublishBatchRequestEntries: entries })),
  ).rejects.toMatchObject({
    name: "BatchEntryIdsNotDistinctException",
  });
});

test.each<[object, object, boolean]>([
  [{ state: ["FAILED"] }, { state: "FAILED" }, true],
  [{ state: ["FAILED"] }, { state: "SUCCEEDED" }, false],
  [{ state: [{ "anything-but": ["FAILED"] }] }, { state: "SUCCEEDED" }, true],
  [{ state: [{ prefix: "FA" }] }, { state: "FAILED" }, true],
  [{ state: [{ exists: false }] }, {}, true],
  [{ size: [{ numeric: [">=", 1, "<", 5] }] }, { size: 4 }, true],
  [{ size: [{ numeric: [">=", 1, "<", 5] }] }, { size: 5 }, false],
  [{ a: ["x"], b: ["y"] }, { a: "x" }, false],
])("the filter %j lets %j through: %s", (policy, body, passes) => {
  const subscription = { attributes: { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: "MessageBody" } };
  expect(passesFilter(subscription as never, { message: JSON.stringify(body), attributes: {} } as never)).toBe(passes);
});
