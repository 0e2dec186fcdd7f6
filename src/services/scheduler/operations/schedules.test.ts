import { CreateEventBusCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  type CreateScheduleInput,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { MINUTE, OFF, QUEUE_ARN, ROLE_ARN, schedulerCloud, TARGET } from "../testScheduler.ts";

const schedule = (more: Partial<CreateScheduleInput> = {}): CreateScheduleInput => ({
  Name: "s",
  ScheduleExpression: "rate(5 minutes)",
  FlexibleTimeWindow: OFF,
  Target: TARGET,
  ...more,
});

describe("shape", () => {
  test("a schedule is given back as it was made", async () => {
    await using made = await schedulerCloud();
    const { ScheduleArn } = await made.scheduler.send(
      new CreateScheduleCommand(schedule({ Description: "d", State: "DISABLED" })),
    );
    expect(ScheduleArn).toBe(`arn:aws:scheduler:us-east-1:${TEST_ACCOUNT}:schedule/default/s`);
    const { $metadata: _, ...got } = await made.scheduler.send(new GetScheduleCommand({ Name: "s" }));
    expect(got).toEqual({
      Arn: ScheduleArn,
      Name: "s",
      GroupName: "default",
      ScheduleExpression: "rate(5 minutes)",
      ScheduleExpressionTimezone: "UTC",
      Description: "d",
      State: "DISABLED",
      Target: { ...TARGET, RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 } },
      FlexibleTimeWindow: OFF,
      ActionAfterCompletion: "NONE",
      CreationDate: new Date(made.cloud.clock.now()),
      LastModificationDate: new Date(made.cloud.clock.now()),
    });
  });

  test("groups hold schedules and tags, and take their schedules with them", async () => {
    await using made = await schedulerCloud();
    const { scheduler } = made;
    const { ScheduleGroupArn } = await scheduler.send(
      new CreateScheduleGroupCommand({ Name: "night", Tags: [{ Key: "a", Value: "1" }] }),
    );
    await scheduler.send(new TagResourceCommand({ ResourceArn: ScheduleGroupArn, Tags: [{ Key: "b", Value: "2" }] }));
    await scheduler.send(new UntagResourceCommand({ ResourceArn: ScheduleGroupArn, TagKeys: ["a"] }));
    const { Tags } = await scheduler.send(new ListTagsForResourceCommand({ ResourceArn: ScheduleGroupArn }));
    expect(Tags).toEqual([{ Key: "b", Value: "2" }]);
    const { ScheduleGroups } = await scheduler.send(new ListScheduleGroupsCommand({}));
    expect(ScheduleGroups?.map(({ Name }) => Name)).toEqual(["default", "night"]);
    for (const Name of ["x1", "x2", "y"]) {
      await scheduler.send(new CreateScheduleCommand(schedule({ Name, GroupName: "night" })));
    }
    const list = async (more: object) =>
      (await scheduler.send(new ListSchedulesCommand(more))).Schedules?.map(({ Name }) => Name);
    expect(await list({ GroupName: "night", NamePrefix: "x" })).toEqual(["x1", "x2"]);
    const first = await scheduler.send(new ListSchedulesCommand({ MaxResults: 2 }));
    expect(await list({ NextToken: first.NextToken })).toEqual(["y"]);
    await scheduler.send(new DeleteScheduleGroupCommand({ Name: "night" }));
    expect(await list({})).toEqual([]);
  });
});

describe("refusals", () => {
  test.each([
    [{ ScheduleExpression: "rate(5 minutess)" }, "Invalid Schedule Expression rate(5 minutess)."],
    [{ ScheduleExpression: "cron(0 0 * * * *)" }, "Invalid Schedule Expression cron(0 0 * * * *)."],
    [
      { ScheduleExpression: "cron()", Target: { ...TARGET, RoleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/other` } },
      "Invalid Schedule Expression cron().",
    ],
    [{ ScheduleExpressionTimezone: "Mars/Base" }, "Invalid Schedule Expression Timezone Mars/Base."],
    [
      { FlexibleTimeWindow: { Mode: "FLEXIBLE" as const } },
      "MaximumWindowInMinutes must be specified when Mode is FLEXIBLE.",
    ],
    [
      { Target: { ...TARGET, RoleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/other` } },
      "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
    ],
    [
      { Target: { ...TARGET, Arn: "arn:aws:scheduler:::aws-sdk:sqs:sendMessage", Input: "{" } },
      "Input must be valid JSON.",
    ],
    [{ StartDate: new Date(2_000_000), EndDate: new Date(1_000_000) }, "The StartDate must come before the EndDate."],
  ])("%j", async (more, message) => {
    await using made = await schedulerCloud();
    await expect(made.scheduler.send(new CreateScheduleCommand(schedule(more)))).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });

  test("what is not there, and what is there already", async () => {
    await using made = await schedulerCloud();
    const { scheduler } = made;
    await expect(scheduler.send(new GetScheduleCommand({ Name: "s" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Schedule s does not exist.",
    });
    await expect(scheduler.send(new GetScheduleGroupCommand({ Name: "g" }))).rejects.toThrow(
      "Schedule group g does not exist.",
    );
    await scheduler.send(new CreateScheduleCommand(schedule({ ClientToken: "one" })));
    await scheduler.send(new CreateScheduleCommand(schedule({ ClientToken: "one" })));
    await expect(scheduler.send(new CreateScheduleCommand(schedule()))).rejects.toMatchObject({
      name: "ConflictException",
      message: "Schedule s already exists.",
    });
    await expect(scheduler.send(new DeleteScheduleGroupCommand({ Name: "default" }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    const ecs = { TaskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/t" };
    await expect(
      scheduler.send(new CreateScheduleCommand(schedule({ Name: "t", Target: { ...TARGET, EcsParameters: ecs } }))),
    ).rejects.toMatchObject({ name: "NotImplemented" });
  });
});

describe("behaviour", () => {
  test("a rate begins at once, then keeps its pace", async () => {
    await using made = await schedulerCloud();
    const { scheduler, arrived, cloud } = made;
    await scheduler.send(new CreateScheduleCommand(schedule()));
    expect((await arrived()).map(({ Body }) => Body)).toEqual(['{"job":1}']);
    cloud.clock.advance(4 * MINUTE);
    expect(await arrived()).toEqual([]);
    cloud.clock.advance(MINUTE);
    expect(await arrived()).toHaveLength(1);
    await scheduler.send(new UpdateScheduleCommand(schedule({ State: "DISABLED" })));
    cloud.clock.advance(30 * MINUTE);
    expect(await arrived()).toEqual([]);
  });

  test("a role may trust the schedules of one group alone", async () => {
    await using made = await schedulerCloud();
    const { scheduler, arrived, cloud } = made;
    const trust = (group: string) => ({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": TEST_ACCOUNT,
              "aws:SourceArn": `arn:aws:scheduler:us-east-1:${TEST_ACCOUNT}:schedule-group/${group}`,
            },
          },
        },
      ],
    });
    const trusting = (group: string) =>
      cloud
        .client(IAMClient)
        .send(
          new UpdateAssumeRolePolicyCommand({ RoleName: "scheduler", PolicyDocument: JSON.stringify(trust(group)) }),
        );
    await trusting("night");
    await expect(scheduler.send(new CreateScheduleCommand(schedule()))).rejects.toThrow("The execution role");
    await trusting("default");
    await scheduler.send(new CreateScheduleCommand(schedule()));
    expect(await arrived()).toHaveLength(1);
  });

  test("cron in a zone, between start and end", async () => {
    await using made = await schedulerCloud();
    const { scheduler, arrived, cloud } = made;
    const Input =
      "at <aws.scheduler.scheduled-time> of <aws.scheduler.schedule-arn>, try <aws.scheduler.attempt-number>";
    await scheduler.send(
      new CreateScheduleCommand(
        schedule({
          ScheduleExpression: "cron(0 9 * * ? *)",
          ScheduleExpressionTimezone: "Asia/Tokyo",
          StartDate: new Date("2026-01-02T12:00:00Z"),
          EndDate: new Date("2026-01-03T12:00:00Z"),
          Target: { ...TARGET, Input },
        }),
      ),
    );
    cloud.clock.advance(36 * 60 * MINUTE);
    expect(await arrived()).toEqual([]);
    cloud.clock.advance(12 * 60 * MINUTE);
    expect((await arrived()).map(({ Body }) => Body)).toEqual([
      `at 2026-01-03T00:00:00Z of arn:aws:scheduler:us-east-1:${TEST_ACCOUNT}:schedule/default/s, try 1`,
    ]);
    cloud.clock.advance(48 * 60 * MINUTE);
    expect(await arrived()).toEqual([]);
  });

  test("a time comes once, and takes its schedule with it when asked to", async () => {
    await using made = await schedulerCloud();
    const { scheduler, arrived, cloud } = made;
    const at = { ScheduleExpression: "at(2026-01-01T01:00:00)", ActionAfterCompletion: "DELETE" as const };
    await scheduler.send(new CreateScheduleCommand(schedule(at)));
    cloud.clock.advance(60 * MINUTE);
    expect(await arrived()).toHaveLength(1);
    await expect(scheduler.send(new GetScheduleCommand({ Name: "s" }))).rejects.toThrow("does not exist");
  });

  test("a flexible window lets it come later, but within", async () => {
    await using made = await schedulerCloud();
    const { scheduler, arrived, cloud } = made;
    const FlexibleTimeWindow = { Mode: "FLEXIBLE", MaximumWindowInMinutes: 10 } as const;
    const ScheduleExpression = "at(2026-01-01T01:00:00)";
    await scheduler.send(new CreateScheduleCommand(schedule({ ScheduleExpression, FlexibleTimeWindow })));
    cloud.clock.advance(60 * MINUTE);
    expect(await arrived()).toEqual([]);
    cloud.clock.advance(10 * MINUTE);
    expect(await arrived()).toHaveLength(1);
  });

  test("a deleted schedule is quiet", async () => {
    await using made = await schedulerCloud();
    const { scheduler, arrived, cloud } = made;
    await scheduler.send(new CreateScheduleCommand(schedule({ ScheduleExpression: "at(2026-01-01T01:00:00)" })));
    await scheduler.send(new DeleteScheduleCommand({ Name: "s" }));
    cloud.clock.advance(120 * MINUTE);
    expect(await arrived()).toEqual([]);
  });

  test("a role that may not is told so by its dead-letter queue", async () => {
    await using made = await schedulerCloud(["sqs:SendMessage"]);
    const { scheduler, arrived } = made;
    const Target = {
      ...TARGET,
      Arn: `arn:aws:sns:us-east-1:${TEST_ACCOUNT}:nowhere`,
      DeadLetterConfig: { Arn: QUEUE_ARN },
    };
    await scheduler.send(new CreateScheduleCommand(schedule({ Target })));
    const [message] = await arrived();
    expect(message?.Body).toBe('{"job":1}');
    expect(message?.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: expect.stringMatching(/AuthorizationError|AccessDenied|NotFound/) },
      TARGET_ARN: { StringValue: Target.Arn },
      RETRY_ATTEMPTS: { StringValue: "0" },
    });
  });

  test("any operation can be the target, under the role", async () => {
    await using made = await schedulerCloud(["secretsmanager:UpdateSecret", "events:PutEvents"]);
    const { scheduler, settle, cloud } = made;
    const secrets = cloud.client(SecretsManagerClient);
    await secrets.send(new CreateSecretCommand({ Name: "token", SecretString: "x" }));
    const Input = JSON.stringify({ SecretId: "token", Description: "set by a schedule", SecretString: "y" });
    const Arn = "arn:aws:scheduler:::aws-sdk:secretsmanager:updateSecret";
    await scheduler.send(new CreateScheduleCommand(schedule({ Target: { Arn, RoleArn: ROLE_ARN, Input } })));
    await cloud.client(EventBridgeClient).send(new CreateEventBusCommand({ Name: "orders" }));
    await settle();
    expect(await secrets.send(new DescribeSecretCommand({ SecretId: "token" }))).toMatchObject({
      Description: "set by a schedule",
    });
    expect(await secrets.send(new GetSecretValueCommand({ SecretId: "token" }))).toMatchObject({ SecretString: "y" });
  });
});
