import type { AwsModels, CallInputOf } from "../../../kernel/aws.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
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
});

const put = async (
  ctx: ResourceContext,
  AlarmName: string,
  { Tags, ...properties }: CompositeAlarmProperties,
): Promise<void> => {
  await ctx.call("cloudwatch", "PutCompositeAlarm", { ...properties, AlarmName, Tags: tagsOf(ctx, Tags) });
};
