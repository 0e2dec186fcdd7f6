import type { ResourceContext } from "../../../kernel/resource.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";

export const alarmArn = ({ partition, region, account }: ResourceContext, name: string): string =>
  `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`;

export const alarmAttributes = (ctx: ResourceContext, name: string) => ({ Arn: alarmArn(ctx, name) });

/** AWS: putting what exists leaves its tags alone. */
export const changeTags = async (
  ctx: ResourceContext,
  ResourceARN: string,
  before: TagList = [],
  after: TagList = [],
) => {
  const Tags = resourceTags(ctx, after);
  const TagKeys = droppedTagKeys(before, Tags);
  if (TagKeys.length > 0) await ctx.call("cloudwatch", "UntagResource", { ResourceARN, TagKeys });
  if (Tags.length > 0) await ctx.call("cloudwatch", "TagResource", { ResourceARN, Tags });
};
