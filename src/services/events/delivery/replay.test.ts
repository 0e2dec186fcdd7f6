import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  ListReplaysCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const ARN = `arn:aws:events:us-east-1:${TEST_ACCOUNT}`;
const START = Date.UTC(2026, 0, 1);

/** Three orders, a minute apart, in an archive; and two rules that would hear of them, each with a queue. */
const withArchive = async () => {
  const cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const sqs = cloud.client(SQSClient);
  const EventSourceArn = `${ARN}:event-bus/default`;
  await events.send(new CreateArchiveCommand({ ArchiveName: "orders", EventSourceArn }));
  for (const order of [1, 2, 3]) {
    const Detail = JSON.stringify({ order });
    await events.send(new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "order", Detail }] }));
    cloud.clock.advance(60_000);
  }
  for (const name of ["a", "b"]) {
    const statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
    const Attributes = { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify({ source: ["shop"] }) }));
    const Arn = `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:${name}`;
    await events.send(new PutTargetsCommand({ Rule: name, Targets: [{ Id: "queue", Arn }] }));
  }
  const heard = async (name: string) => {
    const QueueUrl = `http://127.0.0.1:4566/${TEST_ACCOUNT}/${name}`;
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body = "" }) => JSON.parse(Body));
  };
  const replay = (more: Partial<StartReplayCommandInput> = {}) =>
    events.send(
      new StartReplayCommand({
        ReplayName: "again",
        EventSourceArn: `${ARN}:archive/orders`,
        EventStartTime: new Date(START),
        EventEndTime: new Date(START + 3_600_000),
        Destination: { Arn: `${ARN}:event-bus/default` },
        ...more,
      }),
    );
  return { cloud, events, heard, replay };
};

describe("a replay", () => {
  test("sends what was archived in its time once more, and says so", async () => {
    const { cloud, events, heard, replay } = await withArchive();
    await using _ = cloud;
    expect(await replay({ EventEndTime: new Date(START + 90_000) })).toMatchObject({
      ReplayArn: `${ARN}:replay/again`,
      State: "STARTING",
    });
    await cloud.tasks.idle();
    const came = await heard("a");
    expect(came.map(({ detail }) => detail.order).sort()).toEqual([1, 2]);
    expect(came[0]).toMatchObject({ source: "shop", "replay-name": "again" });
    expect(await events.send(new DescribeReplayCommand({ ReplayName: "again" }))).toMatchObject({
      State: "COMPLETED",
      EventLastReplayedTime: new Date(START + 60_000),
      Destination: { Arn: `${ARN}:event-bus/default` },
    });
    const { Replays } = await events.send(new ListReplaysCommand({ NamePrefix: "ag", State: "COMPLETED" }));
    expect(Replays).toMatchObject([{ ReplayName: "again", EventSourceArn: `${ARN}:archive/orders` }]);
  });

  test("may be for some rules alone, and does not fill the archive", async () => {
    const { cloud, heard, replay } = await withArchive();
    await using _ = cloud;
    const Destination = { Arn: `${ARN}:event-bus/default`, FilterArns: [`${ARN}:rule/b`] };
    await replay({ Destination });
    await cloud.tasks.idle();
    await replay({ ReplayName: "twice", Destination });
    await cloud.tasks.idle();
    expect(await heard("a")).toEqual([]);
    expect(await heard("b")).toHaveLength(6);
  });

  test("can be cancelled while it is on, and not after", async () => {
    const { cloud, events, replay } = await withArchive();
    await using _ = cloud;
    await replay();
    await cloud.tasks.idle();
    await expect(events.send(new CancelReplayCommand({ ReplayName: "again" }))).rejects.toMatchObject({
      name: "IllegalStatusException",
    });
  });
});

describe("refusals", () => {
  test("say what is not there, and what does not fit", async () => {
    const { cloud, events, replay } = await withArchive();
    await using _ = cloud;
    await events.send(new CreateEventBusCommand({ Name: "other" }));
    await expect(replay({ EventSourceArn: `${ARN}:archive/none` })).rejects.toThrow(
      "Parameter EventSourceArn is not valid. Reason: Archive none does not exist.",
    );
    await expect(replay({ Destination: { Arn: `${ARN}:event-bus/none` } })).rejects.toThrow(
      "Event bus none does not exist.",
    );
    await expect(replay({ Destination: { Arn: `${ARN}:event-bus/other` } })).rejects.toThrow(
      "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
    );
    await expect(replay({ EventEndTime: new Date(START) })).rejects.toThrow(
      "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
    );
    await replay();
    await expect(replay()).rejects.toThrow("Replay again already exists.");
    await expect(events.send(new DescribeReplayCommand({ ReplayName: "none" }))).rejects.toThrow(
      "Replay none does not exist.",
    );
  });
});
