import type { ResourceContext } from "../../../kernel/resource.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";

/** The stack's tags with the resource's own, as API Gateway writes them. */
export const tagsOf = (ctx: ResourceContext, own: TagList = []): Record<string, string> =>
  Object.fromEntries(resourceTags(ctx, own).map(({ Key, Value }) => [Key, Value]));

/** Changes the tags of what has this path, such as `/restapis/ID`. */
export const retag = async (ctx: ResourceContext, path: string, before: TagList = [], after: TagList = []) => {
  const resourceArn = `arn:${ctx.partition}:apigateway:${ctx.region}::${path}`;
  const tags = tagsOf(ctx, after);
  const tagKeys = droppedTagKeys(before, resourceTags(ctx, after));
  if (tagKeys.length > 0) await ctx.call("apigateway", "UntagResource", { resourceArn, tagKeys });
  if (Object.keys(tags).length > 0) await ctx.call("apigateway", "TagResource", { resourceArn, tags });
};
