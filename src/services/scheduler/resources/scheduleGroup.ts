import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedulegroup.html */
interface ScheduleGroupProperties {
  readonly Name?: string;
  readonly Tags?: TagList;
}

export const scheduleGroupType = defineResourceType<ScheduleGroupProperties>({
  name: "AWS::Scheduler::ScheduleGroup",
  read: async (ctx, Name) => {
    const found = await unlessMissing(ctx.call("scheduler", "GetScheduleGroup", { Name }), "ResourceNotFoundException");
    if (!found) return undefined;
    const { Tags } = await ctx.call("scheduler", "ListTagsForResource", { ResourceArn: found.Arn });
    return { physicalId: Name, ...stateOf(found), properties: plain({ Name, Tags: tagList(Tags) }), unread: [] };
  },
  create: async (ctx, desired) => {
    const Name = desired.Name ?? ctx.physicalName({ maxLength: 64 });
    await ctx.call("scheduler", "CreateScheduleGroup", {
      Name,
      Tags: resourceTags(ctx, desired.Tags),
    });
    const group = await ctx.call("scheduler", "GetScheduleGroup", { Name });
    return { physicalId: Name, ...stateOf(group) };
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

interface Group {
  readonly Arn?: string | undefined;
  readonly State?: string | undefined;
  readonly CreationDate?: Date | undefined;
  readonly LastModificationDate?: Date | undefined;
}

const stateOf = ({ Arn = "", State = "", CreationDate, LastModificationDate }: Group) => ({
  attributes: {
    Arn,
    State,
    CreationDate: CreationDate?.toISOString() ?? "",
    LastModificationDate: LastModificationDate?.toISOString() ?? "",
  },
});
