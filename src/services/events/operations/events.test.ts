import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  TagResourceCommand,
  type Target,
  TestEventPatternCommand,
  UntagResourceCommand,
  UpdateArchiveCommand,
} from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, testCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";

const arn = (resource: string) => `arn:aws:events:${TEST_REGION}:${TEST_ACCOUNT}:${resource}`;

test("an event of AWS's own goes on to another bus as it is", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  const queueArn = `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:q`;
  const Principal = { Service: "events.amazonaws.com" };
  const Policy = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal, Action: "sqs:SendMessage", Resource: queueArn }],
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name: "other", Description: "elsewhere" }));
  const RoleArn = await serviceRole(cloud.client(IAMClient), "events", "events", "events:PutEvents");
  const EventPattern = JSON.stringify({ source: ["aws.s3"] });
  await events.send(new PutRuleCommand({ Name: "on", EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: "on", Targets: [{ Id: "bus", Arn: EventBusArn, RoleArn }] }));
  await events.send(new PutRuleCommand({ Name: "in", EventBusName: "other", EventPattern }));
  const Targets = [{ Id: "queue", Arn: queueArn }];
  await events.send(new PutTargetsCommand({ Rule: "in", EventBusName: "other", Targets }));
  cloud.events.emit({
    id: "e1",
    time: 0,
    source: "aws.s3",
    detailType: "Object Created",
    account: TEST_ACCOUNT,
    region: TEST_REGION,
    resources: [],
    detail: { reason: "PutObject" },
  });
  await cloud.tasks.idle();
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(JSON.parse(Messages?.[0]?.Body ?? "{}")).toMatchObject({
    id: "e1",
    source: "aws.s3",
    account: TEST_ACCOUNT,
    detail: { reason: "PutObject" },
  });
});

test("an event for a bus that is not there is taken, and goes nowhere", async () => {
  await using cloud = await testCloud();
  const Entries = [{ EventBusName: "none", Source: "a", DetailType: "b", Detail: "{}" }];
  const answer = await cloud.client(EventBridgeClient).send(new PutEventsCommand({ Entries }));
  expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
});

test("rules, and a rule's targets, are listed by pages; only tokens that were given are taken", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  for (const Name of ["r-1", "r-2"]) await events.send(new PutRuleCommand({ Name, EventPattern: '{"source":["a"]}' }));
  const Targets = ["t-1", "t-2"].map((Id) => ({ Id, Arn: `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:q` }));
  await events.send(new PutTargetsCommand({ Rule: "r-1", Targets }));
  const rules = await events.send(new ListRulesCommand({ NamePrefix: "r-", Limit: 1 }));
  expect(rules.NextToken).not.toContain("r-1");
  const { Rules, NextToken } = await events.send(new ListRulesCommand({ NextToken: rules.NextToken }));
  expect([Rules?.map(({ Name }) => Name), NextToken]).toEqual([["r-2"], undefined]);
  const listed = { Rule: "r-1", Limit: 1 };
  const first = await events.send(new ListTargetsByRuleCommand(listed));
  const second = await events.send(new ListTargetsByRuleCommand({ ...listed, NextToken: first.NextToken }));
  expect([first, second].map((each) => each.Targets?.[0]?.Id)).toEqual(["t-1", "t-2"]);
  expect(second.NextToken).toBeUndefined();
  await expect(events.send(new ListRulesCommand({ NextToken: "r-1" }))).rejects.toMatchObject({
    name: "ValidationException",
  });
});

test("buses are listed by pages", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  for (const Name of ["bus-1", "bus-2", "bus-3"]) await events.send(new CreateEventBusCommand({ Name }));
  const names = async (NextToken?: string) => {
    const page = await events.send(new ListEventBusesCommand({ NamePrefix: "bus-", Limit: 2, NextToken }));
    return { names: page.EventBuses?.map(({ Name }) => Name), next: page.NextToken };
  };
  const first = await names();
  expect(first.names).toEqual(["bus-1", "bus-2"]);
  expect(await names(first.next)).toEqual({ names: ["bus-3"], next: undefined });
});

test.each<[string, Partial<Target>, string]>([
  [
    "two inputs",
    { InputPath: "$.detail", Input: "{}" },
    "Only one of Input, InputPath, or InputTransformer must be provided for target t.",
  ],
  [
    "a placeholder that nothing fills",
    { InputTransformer: { InputPathsMap: { a: "$.id" }, InputTemplate: '"<a> <b> <aws.events.rule-name>"' } },
    "InputTemplate for target t contains invalid placeholder b.",
  ],
])("refuses a target with %s", async (_case, more, message) => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  await events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":["a"]}' }));
  const Targets = [{ Id: "t", Arn: `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:q`, ...more }];
  await expect(events.send(new PutTargetsCommand({ Rule: "r", Targets }))).rejects.toMatchObject({
    name: "ValidationException",
    message,
  });
});

test("the default bus has tags without having been made", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const ResourceARN = arn("event-bus/default");
  const keys = async () => {
    const { Tags } = await events.send(new ListTagsForResourceCommand({ ResourceARN }));
    return Tags?.map(({ Key }) => Key);
  };
  expect(await keys()).toEqual([]);
  const Tags = ["a", "b"].map((Key) => ({ Key, Value: "1" }));
  await events.send(new TagResourceCommand({ ResourceARN, Tags }));
  expect(await keys()).toEqual(["a", "b"]);
  await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["a"] }));
  expect(await keys()).toEqual(["b"]);
  const { EventBuses } = await events.send(new ListEventBusesCommand({}));
  expect(EventBuses?.map(({ Name }) => Name)).toEqual(["default"]);
});

test("what is not there is named", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const tags = (resource: string) => events.send(new ListTagsForResourceCommand({ ResourceARN: arn(resource) }));
  await expect(tags("rule/none")).rejects.toThrow("Rule none does not exist on EventBus default.");
  await expect(tags("rule/other/none")).rejects.toThrow("Rule none does not exist on EventBus other.");
  await expect(tags("event-bus/none")).rejects.toThrow("Event bus none does not exist.");
  await expect(events.send(new ListArchivesCommand({ EventSourceArn: arn("event-bus/none") }))).rejects.toThrow(
    "Event bus none does not exist.",
  );
  await events.send(new CreateArchiveCommand({ ArchiveName: "a", EventSourceArn: arn("event-bus/default") }));
  await expect(events.send(new UpdateArchiveCommand({ ArchiveName: "a" }))).rejects.toThrow(
    "At least one of EventPattern, RetentionDays or Description must be provided.",
  );
});

test.each(["plain text", '["an","array"]', '{"source":"a"}'])("refuses the event %s", async (Event) => {
  await using cloud = await testCloud();
  const command = new TestEventPatternCommand({ EventPattern: '{"source":["a"]}', Event });
  await expect(cloud.client(EventBridgeClient).send(command)).rejects.toMatchObject({
    name: "ValidationException",
    message: "Parameter Event is not valid.",
  });
});
