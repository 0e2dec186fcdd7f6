import {
  CreateEventBusCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListTagsForResourceCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-eventbridge";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const allowing = (StatementId: string, Action: string) => ({
  Type: "AWS::Events::EventBusPolicy",
  Properties: {
    EventBusName: { Ref: "Bus" },
    StatementId,
    Statement: { Effect: "Allow", Principal: "*", Action, Resource: "*" },
  },
});
const template = (change: object = {}) => ({
  Resources: {
    Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "orders", Description: "of the shop", ...change } },
    One: {
      Type: "AWS::Events::EventBusPolicy",
      Properties: { EventBusName: { Ref: "Bus" }, StatementId: "one", Action: "events:PutEvents", Principal: "*" },
    },
    Two: allowing("two", "events:PutRule"),
    Three: allowing("three", "events:PutTargets"),
    Archive: {
      Type: "AWS::Events::Archive",
      Properties: {
        SourceArn: { "Fn::GetAtt": ["Bus", "Arn"] },
        EventPattern: { source: ["shop"] },
        RetentionDays: 2,
      },
    },
    Rule: {
      Type: "AWS::Events::Rule",
      Properties: { ScheduleExpression: "rate(1 hour)", Tags: [{ Key: "team", Value: "a" }] },
    },
  },
  Outputs: {
    Archive: { Value: { Ref: "Archive" } },
    Rule: { Value: { Ref: "Rule" } },
    RuleArn: { Value: { "Fn::GetAtt": ["Rule", "Arn"] } },
  },
});

test("buses, their policies, archives and scheduled rules live with their stack", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const stack = stackOf(cloud, "shop");
  const { outputs } = await stack.create(template());
  const { Policy = "" } = await events.send(new DescribeEventBusCommand({ Name: "orders" }));
  const sids = JSON.parse(Policy).Statement.map(({ Sid }: { Sid: string }) => Sid);
  expect(sids.sort()).toEqual(["one", "three", "two"]);
  expect(outputs["Rule"]).toMatch(/^shop-Rule-/);
  const tags = async () =>
    (await events.send(new ListTagsForResourceCommand({ ResourceARN: outputs["RuleArn"] }))).Tags ?? [];
  expect(await tags()).toContainEqual({ Key: "team", Value: "a" });

  await events.send(
    new PutEventsCommand({
      Entries: ["shop", "else"].map((Source) => ({ Source, DetailType: "x", Detail: "{}", EventBusName: "orders" })),
    }),
  );
  const described = async () => events.send(new DescribeArchiveCommand({ ArchiveName: outputs["Archive"] }));
  expect(await described()).toMatchObject({ EventCount: 1, RetentionDays: 2, State: "ENABLED" });
  expect((await events.send(new ListArchivesCommand({ NamePrefix: "shop-" }))).Archives).toHaveLength(1);
  cloud.clock.advance(3 * 86_400_000);
  expect(await described()).toMatchObject({ EventCount: 0, SizeBytes: 0 });

  await stack.update(template({ Description: "new" }));
  expect(await events.send(new DescribeEventBusCommand({ Name: "orders" }))).toMatchObject({ Description: "new" });

  await stack.delete();
  await expect(events.send(new DescribeEventBusCommand({ Name: "orders" }))).rejects.toThrow("does not exist");
  await expect(events.send(new DescribeRuleCommand({ Name: outputs["Rule"] }))).rejects.toThrow("does not exist");
  await expect(described()).rejects.toThrow("does not exist");
});

test("permissions of a bus are given and taken by their statement", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  await events.send(new CreateEventBusCommand({ Name: "orders" }));
  await expect(
    events.send(new PutRuleCommand({ Name: "r", EventBusName: "orders", ScheduleExpression: "rate(1 day)" })),
  ).rejects.toThrow("ScheduleExpression is supported only on the default event bus.");
  const permission = { EventBusName: "orders", Action: "events:PutEvents", Principal: "111122223333" };
  await events.send(new PutPermissionCommand({ ...permission, StatementId: "a" }));
  const { Policy = "" } = await events.send(new DescribeEventBusCommand({ Name: "orders" }));
  expect(JSON.parse(Policy).Statement).toMatchObject([
    {
      Sid: "a",
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Resource: expect.stringContaining("event-bus/orders"),
    },
  ]);
  const remove = (StatementId: string) =>
    events.send(new RemovePermissionCommand({ EventBusName: "orders", StatementId }));
  await expect(remove("b")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await remove("a");
  expect((await events.send(new DescribeEventBusCommand({ Name: "orders" }))).Policy).toBeUndefined();
  await expect(
    events.send(new PutPermissionCommand({ EventBusName: "orders", Policy: "nonsense" })),
  ).rejects.toMatchObject({ name: "ValidationException" });
});
