import {
  CreateBranchCommand,
  DeleteBranchCommand,
  GetRepositoryTriggersCommand,
  PutRepositoryTriggersCommand,
  type RepositoryTrigger,
  TestRepositoryTriggersCommand,
} from "@aws-sdk/client-codecommit";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FUNCTION, lambdaFake } from "../../../../test/lambdaFake.ts";
import { type CommitCloud, commitCloud } from "../testCommit.ts";

let made: CommitCloud;
let topic: string;
let queue: string;
beforeEach(async () => {
  made = await commitCloud();
  const [sns, sqs] = [made.cloud.client(SNSClient), made.cloud.client(SQSClient)];
  topic = (await sns.send(new CreateTopicCommand({ Name: "pushes" }))).TopicArn ?? "";
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: "pushes" }))).QueueUrl ?? "";
  const Statement = [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }];
  const Attributes = { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue, Attributes }));
  const Endpoint = "arn:aws:sqs:us-east-1:123456789012:pushes";
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint }));
});
afterEach(() => made[Symbol.asyncDispose]());

const trigger = (more: Partial<RepositoryTrigger> = {}): RepositoryTrigger => ({
  ...{ name: "t", destinationArn: topic, branches: [], events: ["all"] },
  ...more,
});
const put = (...triggers: RepositoryTrigger[]) =>
  made.client.send(new PutRepositoryTriggersCommand({ repositoryName: "app", triggers }));

/** What the topic has told since it was last asked. */
const told = async () => {
  await made.cloud.tasks.idle();
  const asked = new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 });
  const { Messages = [] } = await made.cloud.client(SQSClient).send(asked);
  return Messages.map(({ Body = "" }) => {
    const { Subject, Message } = JSON.parse(Body);
    return { Subject, ...JSON.parse(Message).Records[0] };
  });
};

it("a trigger tells a topic of what becomes of its branches", async () => {
  const { configurationId } = await put(trigger({ customData: "x", branches: ["main", "side"] }));
  expect(await made.client.send(new GetRepositoryTriggersCommand({ repositoryName: "app" }))).toMatchObject({
    configurationId,
    triggers: [{ name: "t", destinationArn: topic, customData: "x", branches: ["main", "side"], events: ["all"] }],
  });
  const commit = await made.first({ a: "1" });
  expect(await told()).toEqual([
    {
      Subject: "UPDATE: AWS CodeCommit us-east-1 push: app",
      awsRegion: "us-east-1",
      codecommit: { references: [{ commit, ref: "refs/heads/main", created: true }], customData: "x" },
      eventId: expect.any(String),
      eventName: "ReferenceChanges",
      eventPartNumber: 1,
      eventSource: "aws:codecommit",
      eventSourceARN: "arn:aws:codecommit:us-east-1:123456789012:app",
      eventTime: expect.stringMatching(/^\d{4}-.*\+0000$/),
      eventTotalParts: 1,
      eventTriggerConfigId: configurationId,
      eventTriggerName: "t",
      eventVersion: "1.0",
      userIdentityARN: "arn:aws:iam::123456789012:root",
    },
  ]);
  for (const branchName of ["side", "other"])
    await made.client.send(new CreateBranchCommand({ repositoryName: "app", branchName, commitId: commit }));
  await made.client.send(new DeleteBranchCommand({ repositoryName: "app", branchName: "side" }));
  const references = (await told()).map(({ codecommit }) => codecommit.references[0]);
  expect(references.sort((a, b) => Object.keys(a).length - Object.keys(b).length || (a.created ? -1 : 1))).toEqual([
    { commit, ref: "refs/heads/side", created: true },
    { commit, ref: "refs/heads/side", deleted: true },
  ]);
});

it("a trigger tells only of its events", async () => {
  await put(trigger({ events: ["updateReference"] }));
  await made.first({ a: "1" });
  const commit = await made.commit({ a: "2" });
  expect((await told()).map(({ codecommit }) => codecommit.references)).toEqual([[{ commit, ref: "refs/heads/main" }]]);
});

it("triggers are tried out, and say why they fail", async () => {
  const nowhere = "arn:aws:lambda:us-east-1:123456789012:function:none";
  const triggers = [trigger(), trigger({ name: "bad", destinationArn: nowhere })];
  const tried = await made.client.send(new TestRepositoryTriggersCommand({ repositoryName: "app", triggers }));
  expect(tried.successfulExecutions).toEqual(["t"]);
  expect(tried.failedExecutions).toMatchObject([{ trigger: "bad", failureMessage: expect.stringContaining("none") }]);
  expect(await told()).toMatchObject([{ eventName: "TriggerEventTest" }]);
});

it("what is no trigger is refused", async () => {
  const refused = (...triggers: RepositoryTrigger[]) =>
    put(...triggers).then(
      () => "none",
      ({ name }: Error) => name,
    );
  expect(await refused(trigger(), trigger())).toBe("InvalidRepositoryTriggerNameException");
  expect(await refused(trigger({ name: "a b" }))).toBe("InvalidRepositoryTriggerNameException");
  expect(await refused(trigger({ events: [] }))).toBe("RepositoryTriggerEventsListRequiredException");
  expect(await refused(trigger({ events: ["odd" as "all"] }))).toBe("InvalidRepositoryTriggerEventsException");
  expect(await refused(trigger({ destinationArn: "arn:aws:sqs:us-east-1:123456789012:q" }))).toBe(
    "InvalidRepositoryTriggerDestinationArnException",
  );
  expect(await refused(trigger({ destinationArn: topic.replace("us-east-1", "eu-west-1") }))).toBe(
    "InvalidRepositoryTriggerRegionException",
  );
  expect(await refused(trigger({ customData: "x".repeat(1001) }))).toBe("InvalidRepositoryTriggerCustomDataException");
  expect(await refused(trigger({ branches: Array.from({ length: 11 }, (_, index) => `b${index}`) }))).toBe(
    "MaximumBranchesExceededException",
  );
  const many = Array.from({ length: 11 }, (_, index) => trigger({ name: `t${index}` }));
  expect(await refused(...many)).toBe("MaximumRepositoryTriggersExceededException");
});

it("a trigger calls a function as CodeCommit, on behalf of its repository", async () => {
  const { calls, loaders } = lambdaFake();
  await using own = await commitCloud({ loaders });
  const triggers = [trigger({ destinationArn: FUNCTION, customData: "x" })];
  await own.client.send(new PutRepositoryTriggersCommand({ repositoryName: "app", triggers }));
  const commit = await own.first({ a: "1" });
  await own.cloud.tasks.idle();
  const eventSourceARN = "arn:aws:codecommit:us-east-1:123456789012:app";
  expect(calls).toEqual([
    {
      principal: expect.objectContaining({ service: "codecommit.amazonaws.com", sourceArn: eventSourceARN }),
      payload: {
        Records: [
          expect.objectContaining({
            codecommit: { references: [{ commit, ref: "refs/heads/main", created: true }], customData: "x" },
            ...{ eventName: "ReferenceChanges", eventSource: "aws:codecommit", eventSourceARN },
          }),
        ],
      },
    },
  ]);
  const tried = await own.client.send(new TestRepositoryTriggersCommand({ repositoryName: "app", triggers }));
  expect([tried.successfulExecutions, tried.failedExecutions, calls.length]).toEqual([["t"], [], 2]);
});
