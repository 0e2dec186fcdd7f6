import type { AwsModels, CallInputOf } from "../../../kernel/aws.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { plain, tagList } from "../../../kernel/resourceReading.ts";
import { alarmAttributes, changeTags, type Tags, tagsOf } from "./stackTags.ts";

type Input = CallInputOf<AwsModels["cloudwatch"], "PutCompositeAlarm">;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
interface CompositeAlarmProperties extends Omit<Input, "AlarmName" | "Tags"> {
  readonly AlarmName?: string;
  readonly Tags?: Tags;
}

export const compositeAlarmType = defineResourceType<CompositeAlarmProperties>({
  name: "AWS::CloudWatch::CompositeAlarm",
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
  delete: async (ctx, { physicalId }) => {
    await ctx.call("cloudwatch", "DeleteAlarms", { AlarmNames: [physicalId] });
  },
  read: async (ctx, physicalId) => {
    const wanted = { AlarmNames: [physicalId], AlarmTypes: ["CompositeAlarm" as const] };
    const { CompositeAlarms = [] } = await ctx.call("cloudwatch", "DescribeAlarms", wanted);
    const [alarm] = CompositeAlarms;
    if (!alarm) return undefined;
    const attributes = alarmAttributes(ctx, physicalId);
    const { Tags } = await ctx.call("cloudwatch", "ListTagsForResource", { ResourceARN: attributes.Arn });
    return { physicalId, attributes, properties: plain({ ...alarm, Tags: tagList(Tags) }), unread: [] };
  },
});

const put = async (
  ctx: ResourceContext,
  AlarmName: string,
  { Tags, ...properties }: CompositeAlarmProperties,
): Promise<void> => {
  await ctx.call("cloudwatch", "PutCompositeAlarm", { ...properties, AlarmName, Tags: tagsOf(ctx, Tags) });
};
