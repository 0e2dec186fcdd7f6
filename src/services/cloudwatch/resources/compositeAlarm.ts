import type { AwsModels, CallInputOf } from "../../../kernel/aws.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { alarmLifecycle } from "./alarmLifecycle.ts";

type Input = CallInputOf<AwsModels["cloudwatch"], "PutCompositeAlarm">;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
interface CompositeAlarmProperties extends Omit<Input, "AlarmName" | "Tags"> {
  readonly AlarmName?: string;
  readonly Tags?: TagList;
}

export const compositeAlarmType = defineResourceType<CompositeAlarmProperties>({
  name: "AWS::CloudWatch::CompositeAlarm",
  ...alarmLifecycle<CompositeAlarmProperties>({
    put: (ctx, input) => ctx.call("cloudwatch", "PutCompositeAlarm", input),
    describe: async (ctx, name) => {
      const wanted = { AlarmNames: [name], AlarmTypes: ["CompositeAlarm" as const] };
      return (await ctx.call("cloudwatch", "DescribeAlarms", wanted)).CompositeAlarms?.[0];
    },
    unread: [],
  }),
});
