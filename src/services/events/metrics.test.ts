import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../test/harness.ts";
import { metricsOf } from "../../../test/metricsOf.ts";

const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:${name}`;

test("what a rule matches, and what becomes of it, is counted under the rule and its bus", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" },
  });
  for (const QueueName of ["open", "dead"])
    await cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
  await events.send(new CreateEventBusCommand({ Name: "shop" }));
  for (const EventBusName of ["default", "shop"]) {
    const Name = `on-${EventBusName}`;
    await events.send(new PutRuleCommand({ Name, EventBusName, EventPattern: '{"source":["shop"]}' }));
    const Targets = [
      { Id: "open", Arn: queueArn("open") },
      { Id: "gone", Arn: queueArn("gone"), DeadLetterConfig: { Arn: queueArn("dead") } },
    ];
    await events.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets }));
    const entry = { Source: "shop", DetailType: "sold", Detail: "{}", EventBusName };
    await events.send(new PutEventsCommand({ Entries: [entry, { ...entry, Source: "other" }] }));
  }
  await cloud.tasks.idle();
  const counted = {
    MatchedEvents: 1,
    TriggeredRules: 1,
    InvocationAttempts: 2,
    SuccessfulInvocationAttempts: 1,
    Invocations: 1,
    FailedInvocations: 1,
    InvocationsSentToDlq: 1,
  };
  expect(await metricsOf(cloud, "AWS/Events", "RuleName", "on-default")).toEqual(counted);
  expect(await metricsOf(cloud, "AWS/Events", "EventBusName", "shop")).toEqual(counted);
});
