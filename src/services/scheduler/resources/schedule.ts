import type { CreateScheduleInput } from "@aws-sdk/client-scheduler";
import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { momentAsGiven, plain, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html */
interface ScheduleProperties {
  readonly Name?: string;
  readonly GroupName?: string;
  readonly Description?: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly StartDate?: string;
  readonly EndDate?: string;
  readonly State?: "ENABLED" | "DISABLED";
  readonly KmsKeyArn?: string;
  readonly FlexibleTimeWindow: NonNullable<CreateScheduleInput["FlexibleTimeWindow"]>;
  readonly Target: NonNullable<CreateScheduleInput["Target"]>;
}

export const scheduleType = defineResourceType<ScheduleProperties>({
  name: "AWS::Scheduler::Schedule",
  create: async (ctx, desired) => {
    const Name = desired.Name ?? ctx.physicalName({ maxLength: 64 });
    const { ScheduleArn = "" } = await ctx.call("scheduler", "CreateSchedule", { ...inputOf(desired), Name });
    return { physicalId: Name, attributes: { Arn: ScheduleArn } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    if (desired.GroupName !== properties.GroupName) {
      // A schedule does not move between groups: it is made there, and taken from here.
      const { ScheduleArn = "" } = await ctx.call("scheduler", "CreateSchedule", {
        ...inputOf(desired),
        Name: physicalId,
      });
      await ctx.call("scheduler", "DeleteSchedule", { Name: physicalId, GroupName: properties.GroupName });
      return { physicalId, attributes: { Arn: ScheduleArn } };
    }
    await ctx.call("scheduler", "UpdateSchedule", { ...inputOf(desired), Name: physicalId });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties }) => {
    try {
      await ctx.call("scheduler", "DeleteSchedule", { Name: physicalId, GroupName: properties.GroupName });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  },
  read: async (ctx, Name, given) => {
    const GroupName = textOf(given, "GroupName");
    const asked = ctx.call("scheduler", "GetSchedule", { Name, GroupName });
    const found = await unlessMissing(asked, "ResourceNotFoundException");
    if (!found) return undefined;
    const { Arn = "", StartDate, EndDate, ...rest } = found;
    const properties = plain({
      ...rest,
      StartDate: momentAsGiven(given["StartDate"], StartDate),
      EndDate: momentAsGiven(given["EndDate"], EndDate),
    });
    return { physicalId: Name, attributes: { Arn }, properties, unread: [] };
  },
});

const inputOf = ({ Name: _name, StartDate, EndDate, ...rest }: ScheduleProperties) => ({
  ...rest,
  ...(StartDate === undefined ? {} : { StartDate: new Date(StartDate) }),
  ...(EndDate === undefined ? {} : { EndDate: new Date(EndDate) }),
});
