import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedulegroup.html */
interface ScheduleGroupProperties {
  readonly Name?: string;
  readonly Tags?: TagList;
}

export const scheduleGroupType = defineResourceType<ScheduleGroupProperties>({
  name: "AWS::Scheduler::ScheduleGroup",
  create: async (ctx, desired) => {
    const Name = desired.Name ?? ctx.physicalName({ maxLength: 64 });
    const { ScheduleGroupArn = "" } = await ctx.call("scheduler", "CreateScheduleGroup", {
      Name,
      Tags: resourceTags(ctx, desired.Tags),
    });
    const group = await ctx.call("scheduler", "GetScheduleGroup", { Name });
    const dates = {
      CreationDate: group.CreationDate?.toISOString() ?? "",
      LastModificationDate: group.LastModificationDate?.toISOString() ?? "",
    };
    return { physicalId: Name, attributes: { Arn: ScheduleGroupArn, State: "ACTIVE", ...dates } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const ResourceArn = String(attributes["Arn"]);
    const Tags = resourceTags(ctx, desired.Tags);
    const TagKeys = droppedTagKeys(properties.Tags, Tags);
    if (TagKeys.length > 0) await ctx.call("scheduler", "UntagResource", { ResourceArn, TagKeys });
    if (Tags.length > 0) await ctx.call("scheduler", "TagResource", { ResourceArn, Tags });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("scheduler", "DeleteScheduleGroup", { Name: physicalId });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  },
});
