import { CreateStackCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";
import { defineService } from "../../../kernel/rooms.ts";

const ARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors";
const RollbackConfiguration = {
  RollbackTriggers: [{ Arn: ARN, Type: "AWS::CloudWatch::Alarm" }],
  MonitoringTimeInMinutes: 10,
};
const queue = (delay: number) =>
  `Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q, DelaySeconds: ${delay}}}}`;

/** Queues, and one alarm that goes off when told to. */
const withAlarm = async () => {
  const alarm: { state: cloudwatch.StateValue; exists: boolean } = { state: "OK", exists: true };
  const fake = await queueCloud({
    loaders: {
      cloudwatch: async () =>
        defineService<object, "cloudwatch">({
          name: "cloudwatch",
          model: cloudwatch,
          scope: "region",
          constraints: {},
          open: () => ({}),
          operations: {
            DescribeAlarms: () => async () => ({
              MetricAlarms: alarm.exists ? [{ AlarmArn: ARN, StateValue: alarm.state }] : [],
            }),
          },
          iam: { DescribeAlarms: () => ({ action: "cloudwatch:DescribeAlarms", resource: "*" }) },
        }),
    },
  });
  const status = async () => (await fake.stack("demo"))?.StackStatus ?? "";
  const turns = async () => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    ...fake,
    alarm,
    /** Lets minutes of the cloud's time pass, or fewer when the stack comes to its end before; answers its status. */
    pass: async (minutes: number) => {
      await turns();
      for (let minute = 0; minute < minutes && (await status()).endsWith("IN_PROGRESS"); minute += 1) {
        fake.cloud.clock.advance(60_000);
        await turns();
      }
      return status();
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};

describe("rollback triggers", () => {
  it("are watched for a while after all is made, and shown", async () => {
    await using fake = await withAlarm();
    await fake.cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody: queue(1), RollbackConfiguration }));
    expect(await fake.pass(5)).toBe("CREATE_IN_PROGRESS");
    expect(await fake.stack("demo")).toMatchObject({ RollbackConfiguration });
    expect(await fake.pass(8)).toBe("CREATE_COMPLETE");
  });

  it("turn an update around when they go off, and hold for later updates", async () => {
    await using fake = await withAlarm();
    await fake.cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody: queue(1), RollbackConfiguration }));
    await fake.pass(15);
    await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: queue(2) }));
    await fake.pass(3);
    expect(fake.world.queues.get("q")).toMatchObject({ DelaySeconds: 2 });
    fake.alarm.state = "ALARM";
    expect(await fake.pass(3)).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(fake.world.queues.get("q")).toMatchObject({ DelaySeconds: 1 });
    expect(await fake.events("demo")).toContain(
      `demo UPDATE_ROLLBACK_IN_PROGRESS The following rollback trigger(s) are in ALARM state: [${ARN}]. `,
    );
  });

  it("fail the operation when they are not there", async () => {
    await using fake = await withAlarm();
    fake.alarm.exists = false;
    await fake.create("demo", queue(1), { RollbackConfiguration });
    expect(await fake.pass(1)).toBe("ROLLBACK_COMPLETE");
  });
});
