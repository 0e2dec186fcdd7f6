import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { GetScheduleCommand, GetScheduleGroupCommand, ListSchedulesCommand } from "@aws-sdk/client-scheduler";
import { expect, test } from "vitest";
import { OFF, schedulerCloud, TARGET } from "../testScheduler.ts";

const template = (minutes: number, group: object | undefined) =>
  JSON.stringify({
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
  const cloudFormation = cloud.client(CloudFormationClient);
  const StackName = "jobs";
  const inGroup = { Ref: "Group" };
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: template(5, inGroup) }));
  await cloud.tasks.idle();
  const found = (GroupName: string) => scheduler.send(new GetScheduleCommand({ Name: "job", GroupName }));
  expect(await found("night")).toMatchObject({
    ScheduleExpression: "rate(5 minutes)",
    StartDate: new Date("2026-06-01T00:00:00Z"),
  });
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: template(7, inGroup) }));
  await cloud.tasks.idle();
  expect(await found("night")).toMatchObject({ ScheduleExpression: "rate(7 minutes)" });
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: template(7, undefined) }));
  await cloud.tasks.idle();
  expect(await found("default")).toMatchObject({ ScheduleExpression: "rate(7 minutes)" });
  await expect(found("night")).rejects.toThrow("does not exist");
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  await cloud.tasks.idle();
  expect((await scheduler.send(new ListSchedulesCommand({}))).Schedules).toEqual([]);
  await expect(scheduler.send(new GetScheduleGroupCommand({ Name: "night" }))).rejects.toThrow("does not exist");
});
