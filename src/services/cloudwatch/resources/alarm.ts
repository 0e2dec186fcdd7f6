import type { AwsModels, CallInputOf } from "../../../kernel/aws.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { alarmLifecycle } from "./alarmLifecycle.ts";

type Input = CallInputOf<AwsModels["cloudwatch"], "PutMetricAlarm">;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
interface AlarmProperties extends Omit<Input, "AlarmName" | "Tags" | "EvaluateLowSampleCountPercentile"> {
  readonly AlarmName?: string;
  readonly EvaluateLowSampleCountPercentile?: string;
  readonly Tags?: TagList;
}

export const alarmType = defineResourceType<AlarmProperties>({
  name: "AWS::CloudWatch::Alarm",
  ...alarmLifecycle<AlarmProperties>({
    put: (ctx, input) => ctx.call("cloudwatch", "PutMetricAlarm", input),
    describe: async (ctx, name) =>
      (await ctx.call("cloudwatch", "DescribeAlarms", { AlarmNames: [name] })).MetricAlarms?.[0],
    unread: ["EvaluationCriteria", "EvaluationInterval", "EvaluationWindow", "WarmUpConfiguration"],
  }),
});
