import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { picked, plain, tagMap, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codestarnotifications-notificationrule.html */
interface NotificationRuleProperties {
  readonly Name: string;
  readonly DetailType: string;
  readonly EventTypeIds: readonly string[];
  readonly Resource: string;
  readonly Status?: string;
  readonly Targets: readonly { readonly TargetType: string; readonly TargetAddress: string }[];
  readonly Tags?: Readonly<Record<string, string>>;
}

const UNBUILT = ["CreatedBy", "EventTypeId", "TargetAddress"];

export const notificationRuleType = defineResourceType<NotificationRuleProperties>({
  name: "AWS::CodeStarNotifications::NotificationRule",
  unbuilt: UNBUILT,
  read: async (ctx, Arn) => {
    const asked = ctx.call("codestar-notifications", "DescribeNotificationRule", { Arn });
    const found = await unlessMissing(asked, "ResourceNotFoundException");
    if (!found?.Arn) return undefined;
    const properties = plain({
      ...picked(found, ["Name", "DetailType", "Resource", "Status"]),
      EventTypeIds: found.EventTypes?.map(({ EventTypeId }) => EventTypeId),
      Targets: found.Targets?.map(({ TargetType, TargetAddress }) => ({ TargetType, TargetAddress })),
      Tags: tagMap(found.Tags),
    });
    return { physicalId: Arn, attributes: { Arn }, properties, unread: UNBUILT };
  },
  create: async (ctx, desired) => {
    const { Arn } = await ctx.call("codestar-notifications", "CreateNotificationRule", {
      ...desired,
      ClientRequestToken: ctx.clientToken,
      Tags: tagsOf(ctx, desired),
    });
    return { physicalId: Arn, attributes: { Arn } };
  },
  update: async (ctx, { physicalId: Arn, attributes, properties }, desired) => {
    const { Name, EventTypeIds, DetailType, Status, Targets } = desired;
    await ctx.call("codestar-notifications", "UpdateNotificationRule", {
      Arn,
      Name,
      EventTypeIds,
      DetailType,
      Status: Status ?? "ENABLED",
      Targets,
    });
    const Tags = tagsOf(ctx, desired);
    const TagKeys = Object.keys(properties.Tags ?? {}).filter((key) => !(key in Tags));
    if (TagKeys.length > 0) await ctx.call("codestar-notifications", "UntagResource", { Arn, TagKeys });
    if (Object.keys(Tags).length > 0) await ctx.call("codestar-notifications", "TagResource", { Arn, Tags });
    return { physicalId: Arn, attributes };
  },
  delete: async (ctx, { physicalId: Arn }) => {
    await ctx.call("codestar-notifications", "DeleteNotificationRule", { Arn });
  },
});

const tagsOf = (ctx: ResourceContext, { Tags = {} }: NotificationRuleProperties) => ({ ...ctx.tags, ...Tags });
