import { GetScheduleCommand, GetScheduleGroupCommand, ListSchedulesCommand } from "@aws-sdk/client-scheduler";
import { expect, test } from "vitest";
import { stackOf } from "../../../../test/stackOf.ts";
import { OFF, schedulerCloud, TARGET } from "../testScheduler.ts";

const template = (minutes: number, group: object | undefined) => ({
  Resources: {
    Group: { Type: "AWS::Scheduler::ScheduleGroup", Properties: { Name: "night" } },
    Schedule: {
      Type: "AWS::Scheduler::Schedule",
      Properties: {
        Name: "job",
        ...(group ? { GroupName: group } : {}),
        ScheduleExpression: `rate(${minutes} minutes)`,
        StartDate: "2026-06-01T00:00:00Z",
        FlexibleTimeWindow: OFF,
        Target: TARGET,
      },
    },
  },
});

test("schedules and groups come, change and go with their stack", async () => {
  await using made = await schedulerCloud();
  const { cloud, scheduler } = made;
  const stack = stackOf(cloud, "jobs");
  const inGroup = { Ref: "Group" };
  await stack.create(template(5, inGroup));
  const found = (GroupName: string) => scheduler.send(new GetScheduleCommand({ Name: "job", GroupName }));
  expect(await found("night")).toMatchObject({
    ScheduleExpression: "rate(5 minutes)",
    StartDate: new Date("2026-06-01T00:00:00Z"),
  });
  await stack.update(template(7, inGroup));
  expect(await found("night")).toMatchObject({ ScheduleExpression: "rate(7 minutes)" });
  await stack.update(template(7, undefined));
  expect(await found("default")).toMatchObject({ ScheduleExpression: "rate(7 minutes)" });
  await expect(found("night")).rejects.toThrow("does not exist");
  await stack.delete();
  expect((await scheduler.send(new ListSchedulesCommand({}))).Schedules).toEqual([]);
  await expect(scheduler.send(new GetScheduleGroupCommand({ Name: "night" }))).rejects.toThrow("does not exist");
});
