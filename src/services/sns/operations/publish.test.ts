import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { passesFilter } from "../delivery/filter.ts";

const text = { DataType: "String", StringValue: "x" };
const attribute = (a: object) => ({ MessageAttributes: { a } }) as Partial<PublishCommandInput>;

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
  [{ file: [{ suffix: ".png" }] }, { file: "cat.png" }, true],
  [{ file: [{ suffix: ".png" }] }, { file: "cat.jpg" }, false],
  [{ kind: [{ "equals-ignore-case": "tennis" }] }, { kind: "TENNIS" }, true],
  [{ kind: [{ "equals-ignore-case": "tennis" }] }, { kind: "golf" }, false],
  [{ ip: [{ cidr: "10.0.0.0/24" }] }, { ip: "10.0.0.255" }, true],
  [{ ip: [{ cidr: "10.0.0.0/24" }] }, { ip: "10.1.1.0" }, false],
  [{ a: ["x"], $or: [{ b: ["y"] }, { c: ["z"] }] }, { a: "x", c: "z" }, true],
  [{ a: ["x"], $or: [{ b: ["y"] }, { c: ["z"] }] }, { a: "x", b: "z" }, false],
  [{ order: { items: { sku: ["s1"] } } }, { order: { items: [{ sku: "s0" }, { sku: "s1" }] } }, true],
  [{ order: { items: { sku: ["s1"] } } }, { order: { sku: "s1" } }, false],
])("the filter %j lets %j through: %s", (policy, body, passes) => {
  const subscription = { attributes: { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: "MessageBody" } };
  expect(passesFilter(subscription as never, { message: JSON.stringify(body), attributes: {} } as never)).toBe(passes);
});

test("an attribute that says it is a list, and is none, is a text to a filter", () => {
  const passes = (policy: object, value: string) => {
    const subscription = { attributes: { FilterPolicy: JSON.stringify(policy) } };
    return passesFilter(subscription as never, { attributes: { a: { type: "String.Array", value } } } as never);
  };
  expect(passes({ a: ["one"] }, '["one","two"]')).toBe(true);
  expect(passes({ a: [100] }, "one hundred")).toBe(false);
  expect(passes({ a: ["one hundred"] }, "one hundred")).toBe(true);
});

test.each<[string, Partial<PublishCommandInput>, string]>([
  ["a type without its ending", attribute({ DataType: "String.", StringValue: "x" }), "invalid message attribute type"],
  ["an empty value", attribute({ DataType: "String", StringValue: "" }), "must contain non-empty message attribute"],
  ["the wrong field", attribute({ DataType: "Binary", StringValue: "x" }), "must use field 'Binary'"],
  ["a name with a blank", { MessageAttributes: { "a^b": text } }, "Invalid non-alphanumeric character '#x5E'"],
  ["a name that begins with a dot", { MessageAttributes: { ".a": text } }, "starting with character '.'"],
  ["a name with two dots", { MessageAttributes: { "a..b": text } }, "successive '.'"],
  ["a deduplication id", { MessageDeduplicationId: "x" }, "not valid for this topic type"],
  ["too much", { Message: "x".repeat(256 * 1024 + 1) }, "Message too long"],
  ["another region's topic", { TopicArn: "arn:aws:sns:eu-west-1:123456789012:t" }, "Invalid parameter: TopicArn"],
  ["half an ARN", { TopicArn: "arn:aws" }, "An ARN must have at least 6 elements, not 2"],
  ["no phone", { TopicArn: undefined, PhoneNumber: "+1a2" }, "+1a2 is not valid to publish to"],
])("refuses %s", async (_case, more, message) => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t" }));
  await expect(client.send(new PublishCommand({ TopicArn, Message: "x", ...more }))).rejects.toThrow(message);
});

test.each<[string, string[], string]>([
  ["of which one is too long", ["x".repeat(81)], "is too long"],
  ["of which one has a dot", ["a.b"], "contains an impermissible character: a.b"],
  ["without entries", [], "doesn't contain any entries"],
  ["of eleven", [..."abcdefghijk"], "more entries than permissible"],
])("refuses a batch %s", async (_case, ids, message) => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t" }));
  const PublishBatchRequestEntries = ids.map((Id) => ({ Id, Message: "x" }));
  await expect(client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }))).rejects.toThrow(message);
});

test.each<[string, object, string]>([
  ["that is nested in attributes", { a: { b: ["x"] } }, "does not support nested filter policy"],
  ["with too many keys", Object.fromEntries([..."abcdef"].map((key) => [key, ["x"]])), "more than 5 keys"],
  ["that is too complex", Object.fromEntries([..."abc"].map((key) => [key, [..."123456"]])), "too complex"],
  ["with an unknown operator", { a: [{ like: "x" }] }, "Unrecognized match type like"],
])("refuses a filter policy %s", async (_case, policy, message) => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t" }));
  const Attributes = { FilterPolicy: JSON.stringify(policy) };
  const Endpoint = "arn:aws:sqs:us-east-1:123456789012:q";
  await expect(client.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }))).rejects.toThrow(
    message,
  );
});
