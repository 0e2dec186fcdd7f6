import * as model from "@aws-sdk/client-sns";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";
import { defineService } from "../../../kernel/rooms.ts";

it("tells a stack's topics of every event, in order", async () => {
  const messages: string[] = [];
  const sns = defineService<object, "sns">({
    name: "sns",
    model,
    scope: "region",
    open: () => ({}),
    operations: {
      Publish:
        () =>
        async (_ctx, { Message = "" }) => {
          messages.push(Message);
          return { MessageId: "m" };
        },
    },
    iam: {},
  });
  await using fake = await queueCloud({ loaders: { sns: async () => sns } });
  await fake.create("demo", "Resources: {Q: {Type: AWS::SQS::Queue}}", {
    NotificationARNs: ["arn:aws:sns:us-east-1:123456789012:told"],
  });
  const statuses = messages.map((message) =>
    /LogicalResourceId='(.*?)'.*ResourceStatus='(.*?)'/s.exec(message)?.slice(1).join(" "),
  );
  expect(statuses).toEqual([
    "demo CREATE_IN_PROGRESS",
    "Q CREATE_IN_PROGRESS",
    "Q CREATE_IN_PROGRESS",
    "Q CREATE_COMPLETE",
    "demo CREATE_COMPLETE",
  ]);
});

it("tells the cloud's own listeners as EventBridge would", async () => {
  await using fake = await queueCloud();
  const heard: string[] = [];
  fake.cloud.events.subscribe(({ source, detailType, detail }) => {
    if (source === "aws.cloudformation") heard.push(`${detailType}: ${JSON.stringify(detail["status-details"])}`);
  });
  await fake.create("demo", "Resources: {Q: {Type: AWS::SQS::Queue}}");
  expect(heard.at(-1)).toBe('CloudFormation Stack Status Change: {"status":"CREATE_COMPLETE","status-reason":""}');
  expect(heard).toHaveLength(5);
});
