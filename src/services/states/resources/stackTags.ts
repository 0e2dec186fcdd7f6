import type { ResourceContext } from "../../../kernel/resource.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";

/** The stack's tags with the resource's own, as Step Functions writes them. */
export const tagsOf = (ctx: ResourceContext, own: TagList = []) =>
  resourceTags(ctx, own).map(({ Key, Value }) => ({ key: Key, value: Value }));

export const changeTags = async (
  ctx: ResourceContext,
  resourceArn: string,
  before: TagList = [],
  after: TagList = [],
) => {
  const tags = tagsOf(ctx, after);
  const tagKeys = droppedTagKeys(before, resourceTags(ctx, after));
  if (tagKeys.length > 0) await ctx.call("states", "UntagResource", { resourceArn, tagKeys });
  if (tags.length > 0) await ctx.call("states", "TagResource", { resourceArn, tags });
};
