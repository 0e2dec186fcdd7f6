import {
  CreateArchiveCommand,
  DeleteArchiveCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UpdateArchiveCommand,
} from "@aws-sdk/client-eventbridge";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, testCloud } from "../../../test/harness.ts";
import { refusal } from "../../../test/refusal.ts";

const ARN = `arn:aws:events:${TEST_REGION}:${TEST_ACCOUNT}`;
const NOT_A_REPLAY = { "replay-name": [{ exists: false }] };
const Name = "Events-Archive-kept";

test("an archive is a rule of its bus, which its service alone changes and takes away", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const archive = { ArchiveName: "kept", EventSourceArn: `${ARN}:event-bus/default` };
  await events.send(new CreateArchiveCommand(archive));
  const described = () => events.send(new DescribeRuleCommand({ Name }));
  const { EventPattern, ...rule } = await described();
  expect(rule).toMatchObject({
    Name,
    Arn: `${ARN}:rule/${Name}`,
    State: "ENABLED",
    EventBusName: "default",
    ManagedBy: "prod.vhs.events.aws.internal",
    CreatedBy: TEST_ACCOUNT,
  });
  expect(JSON.parse(EventPattern ?? "")).toEqual(NOT_A_REPLAY);
  const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
  expect(Targets).toMatchObject([{ Arn: `arn:aws:events:${TEST_REGION}:::`, InputTransformer: { InputPathsMap: {} } }]);

  await events.send(new UpdateArchiveCommand({ ...archive, EventPattern: JSON.stringify({ source: ["app"] }) }));
  expect(JSON.parse((await described()).EventPattern ?? "")).toEqual({ source: ["app"], ...NOT_A_REPLAY });

  for (const request of [
    () => events.send(new PutRuleCommand({ Name, EventPattern: '{"source":["a"]}' })),
    () => events.send(new DisableRuleCommand({ Name })),
    () => events.send(new DeleteRuleCommand({ Name, Force: true })),
    () => events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "a", Arn: `${ARN}:event-bus/default` }] })),
    () => events.send(new RemoveTargetsCommand({ Rule: Name, Ids: [Name], Force: true })),
    () => events.send(new TagResourceCommand({ ResourceARN: `${ARN}:rule/${Name}`, Tags: [{ Key: "a", Value: "b" }] })),
  ])
    expect(await refusal(request())).toMatch(/^ManagedRuleException: /);

  await events.send(new PutEventsCommand({ Entries: [{ Source: "app", DetailType: "x", Detail: "{}" }] }));
  await cloud.tasks.idle();
  expect(await events.send(new DescribeArchiveCommand({ ArchiveName: "kept" }))).toMatchObject({ EventCount: 1 });

  await events.send(new DeleteArchiveCommand({ ArchiveName: "kept" }));
  expect((await events.send(new ListRulesCommand({}))).Rules).toEqual([]);
});
