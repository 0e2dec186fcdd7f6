import { defineResourceType, type ResourceContext, refuseChange } from "../../../kernel/resource.ts";
import { plain, tagList } from "../../../kernel/resourceReading.ts";
import { resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { retag } from "./retag.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-xray-group.html */
interface GroupProperties {
  readonly GroupName: string;
  readonly FilterExpression?: string;
  readonly InsightsConfiguration?: { readonly InsightsEnabled?: boolean; readonly NotificationsEnabled?: boolean };
  readonly Tags?: TagList;
}

const TYPE = "AWS::XRay::Group";

export const groupType = defineResourceType<GroupProperties>({
  name: TYPE,
  create: async (ctx, { GroupName, FilterExpression, InsightsConfiguration, Tags }) => {
    const { Group } = await ctx.call("xray", "CreateGroup", {
      GroupName,
      FilterExpression,
      InsightsConfiguration,
      Tags: resourceTags(ctx, Tags),
    });
    return stateOf(Group?.GroupARN ?? "");
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    refuseChange(ctx, TYPE, physicalId, [properties.GroupName, desired.GroupName]);
    const { FilterExpression = "", InsightsConfiguration } = desired;
    await ctx.call("xray", "UpdateGroup", {
      GroupARN: physicalId,
      FilterExpression,
      InsightsConfiguration: InsightsConfiguration ?? { InsightsEnabled: false, NotificationsEnabled: false },
    });
    await retag(ctx, physicalId, properties.Tags, resourceTags(ctx, desired.Tags));
    return stateOf(physicalId);
  },
  delete: async (ctx, { physicalId }) => {
    if (await find(ctx, physicalId)) await ctx.call("xray", "DeleteGroup", { GroupARN: physicalId });
  },
  read: async (ctx, physicalId) => {
    const group = await find(ctx, physicalId);
    if (!group) return undefined;
    const { Tags } = await ctx.call("xray", "ListTagsForResource", { ResourceARN: physicalId });
    const { GroupName, FilterExpression, InsightsConfiguration } = group;
    return {
      ...stateOf(physicalId),
      properties: plain({ GroupName, FilterExpression, InsightsConfiguration, Tags: tagList(Tags) }),
      unread: [],
    };
  },
});

const stateOf = (arn: string) => ({ physicalId: arn, attributes: { GroupARN: arn } });

/** A group that is not there is an invalid request like any other, so it is looked for among all. */
const find = async ({ call }: ResourceContext, arn: string) => {
  const { Groups = [] } = await call("xray", "GetGroups", {});
  return Groups.find(({ GroupARN }) => GroupARN === arn);
};
