import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, testCloud } from "../../../../test/harness.ts";

test("an event that fits a rule reaches its target, transformed", async () => {
  await using cloud = await testCloud({ auth: "open" });
  const events = cloud.client(EventBridgeClient);
  const { TopicArn } = await cloud.client(SNSClient).send(new CreateTopicCommand({ Name: "failures" }));
  await events.send(
    new PutRuleCommand({
      Name: "failed",
      EventPattern: JSON.stringify({ source: ["aws.codepipeline"], detail: { state: ["FAILED"] } }),
    }),
  );
  const InputTransformer = { InputPathsMap: { pipeline: "$.detail.pipeline" }, InputTemplate: '"<pipeline> failed"' };
  await events.send(
    new PutTargetsCommand({ Rule: "failed", Targets: [{ Id: "builders", Arn: TopicArn, InputTransformer }] }),
  );
  const event = {
    id: "1",
    time: 0,
    source: "aws.codepipeline",
    detailType: "x",
    account: TEST_ACCOUNT,
    region: TEST_REGION,
    resources: [],
  };
  cloud.events.emit({ ...event, detail: { state: "SUCCEEDED", pipeline: "good" } });
  cloud.events.emit({ ...event, detail: { state: "FAILED", pipeline: "bad" } });
  const deliveries = cloud.records
    .scope(`events/${TEST_ACCOUNT}/${TEST_REGION}`)
    .collection<{ payload: string }>("deliveries");
  expect([...deliveries.range()].map(({ value }) => value.payload)).toEqual(['"bad failed"']);
});

test("refusals are EventBridge's own", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  await expect(events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":"x"}' }))).rejects.toMatchObject({
    name: "InvalidEventPatternException",
    message: expect.stringMatching(
      /^Event pattern is not valid. Reason: "source" must be an object or an array\n at .*; line: 1, column: 12\]$/,
    ),
  });
  const { Entries } = await events.send(
    new PutEventsCommand({ Entries: [{ Source: "aws.s3", DetailType: "x", Detail: "{}" }] }),
  );
  expect(Entries).toMatchObject([{ ErrorCode: "NotAuthorizedForSourceException" }]);
  const pattern = JSON.stringify({ source: ["a"] });
  const at = { account: TEST_ACCOUNT, region: TEST_REGION, time: "2026-01-01T00:00:00Z" };
  const Event = JSON.stringify({ ...at, id: "1", source: "a", "detail-type": "x" });
  expect((await events.send(new TestEventPatternCommand({ EventPattern: pattern, Event }))).Result).toBe(true);
});
