import {
  CreateTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { BatchGetTracesCommand, PutResourcePolicyCommand, XRayClient } from "@aws-sdk/client-xray";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
let TopicArn: string | undefined;
let QueueUrl: string | undefined;
beforeEach(async () => {
  cloud = await testCloud();
  ({ TopicArn } = await cloud
    .client(SNSClient)
    .send(new CreateTopicCommand({ Name: "orders", Attributes: { TracingConfig: "Active" } })));
  const Statement = [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }];
  const Attributes = { Policy: JSON.stringify({ Statement }) };
  ({ QueueUrl } = await cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName: "inbox", Attributes })));
  const Endpoint = `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:inbox`;
  await cloud.client(SNSClient).send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** What AWS's page asks for, for a topic of that name. */
const allowSns = (topic = "orders") => {
  const Condition = {
    StringEquals: { "aws:SourceAccount": TEST_ACCOUNT },
    StringLike: { "aws:SourceArn": `arn:aws:sns:us-east-1:${TEST_ACCOUNT}:${topic}` },
  };
  const Action = ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"];
  const Principal = { Service: "sns.amazonaws.com" };
  const Statement = [{ Sid: "SNSAccess", Effect: "Allow", Principal, Action, Resource: "*", Condition }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  return cloud.client(XRayClient).send(new PutResourcePolicyCommand({ PolicyName: "sns", PolicyDocument }));
};

const PARENT = "00000000000000ff";

/** Publishes within a trace, and answers its documents and the trace that the queue's message is in. */
const publish = async (decision: string) => {
  const id = `1-${Math.floor(cloud.clock.now() / 1000).toString(16)}-${"a".repeat(24)}`;
  const command = new PublishCommand({ TopicArn, Message: "tea" });
  command.middlewareStack.add(
    (next) => (args) => {
      const trace = { "x-amzn-trace-id": `Root=${id};Parent=${PARENT}${decision}` };
      Object.assign((args.request as { headers: object }).headers, trace);
      return next(args);
    },
    { step: "build" },
  );
  await cloud.client(SNSClient).send(command);
  await cloud.tasks.idle();
  const asked = { QueueUrl, MessageSystemAttributeNames: ["AWSTraceHeader" as const] };
  const { Messages } = await cloud.client(SQSClient).send(new ReceiveMessageCommand(asked));
  const { Traces } = await cloud.client(XRayClient).send(new BatchGetTracesCommand({ TraceIds: [id] }));
  const found = Traces?.[0]?.Segments?.map(({ Document = "" }) => JSON.parse(Document)) ?? [];
  return { id, found, header: Messages?.[0]?.Attributes?.AWSTraceHeader };
};

test("a sampled message of a topic with active tracing has the topic's segment, and its deliveries in it", async () => {
  await allowSns();
  const { id, found, header } = await publish(";Sampled=1");
  const topic = found.find(({ origin }) => origin === "AWS::SNS::Topic");
  expect(topic).toMatchObject({
    ...{ trace_id: id, parent_id: PARENT, name: "orders", resource_arn: TopicArn },
    subsegments: [{ name: "SQS", namespace: "aws", http: { response: { status: 200 } } }],
  });
  expect(found).toContainEqual(
    expect.objectContaining({ inferred: true, origin: "AWS::SQS::Queue", parent_id: topic.subsegments[0].id }),
  );
  expect(header).toBe(`Root=${id};Parent=${topic.id};Sampled=1`);
});

test.each([
  ["is not sampled", ";Sampled=0"],
  ["nobody has decided about", ""],
])("a message that %s passes its trace on as it came, and has no segment", async (_what, decision) => {
  await allowSns();
  const { id, found, header } = await publish(decision);
  expect(found).toEqual([]);
  expect(header).toBe(`Root=${id};Parent=${PARENT}${decision}`);
});

test("so does one of a topic that only passes traces through", async () => {
  await allowSns();
  const through = { TopicArn, AttributeName: "TracingConfig", AttributeValue: "PassThrough" };
  await cloud.client(SNSClient).send(new SetTopicAttributesCommand(through));
  const { id, found, header } = await publish(";Sampled=1");
  expect(found).toEqual([]);
  expect(header).toBe(`Root=${id};Parent=${PARENT};Sampled=1`);
});

test("what no resource policy of X-Ray's lets the topic send is lost", async () => {
  expect((await publish(";Sampled=1")).found).toEqual([]);
  await allowSns("others");
  expect((await publish(";Sampled=1")).found).toEqual([]);
});
