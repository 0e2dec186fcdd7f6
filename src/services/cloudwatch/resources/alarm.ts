import type { AwsModels, CallInputOf } from "../../../kernel/aws.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { plain, tagList } from "../../../kernel/resourceReading.ts";
import { alarmAttributes, changeTags, type Tags, tagsOf } from "./stackTags.ts";

type Input = CallInputOf<AwsModels["cloudwatch"], "PutMetricAlarm">;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
interface AlarmProperties extends Omit<Input, "AlarmName" | "Tags" | "EvaluateLowSampleCountPercentile"> {
  readonly AlarmName?: string;
  readonly EvaluateLowSampleCountPercentile?: string;
  readonly Tags?: Tags;
}

export const alarmType = defineResourceType<AlarmProperties>({
  name: "AWS::CloudWatch::Alarm",
  create: async (ctx, desired) => {
    const name = desired.AlarmName ?? ctx.physicalName({ maxLength: 255 });
    await put(ctx, name, desired);
    return { physicalId: name, attributes: alarmAttributes(ctx, name) };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    await put(ctx, physicalId, desired);
    await changeTags(ctx, physicalId, properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  // AWS: deleting an alarm that is gone is no error.
  delete: async (ctx, { physicalId }) => {
    await ctx.call("cloudwatch", "DeleteAlarms", { AlarmNames: [physicalId] });
  },
  read: async (ctx, physicalId) => {
    const { MetricAlarms = [] } = await ctx.call("cloudwatch", "DescribeAlarms", { AlarmNames: [physicalId] });
    const [alarm] = MetricAlarms;
    if (!alarm) return undefined;
    const attributes = alarmAttributes(ctx, physicalId);
    const { Tags } = await ctx.call("cloudwatch", "ListTagsForResource", { ResourceARN: attributes.Arn });
    return { physicalId, attributes, properties: plain({ ...alarm, Tags: tagList(Tags) }), unread: UNREAD };
  },
});

/** Settings of which alarms here have none. */
const UNREAD = ["EvaluationCriteria", "EvaluationInterval", "EvaluationWindow", "WarmUpConfiguration"];

const put = async (
  ctx: ResourceContext,
  AlarmName: string,
  { Tags, ...properties }: AlarmProperties,
): Promise<void> => {
  await ctx.call("cloudwatch", "PutMetricAlarm", { ...properties, AlarmName, Tags: tagsOf(ctx, Tags) });
};
