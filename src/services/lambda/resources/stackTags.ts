import type { ResourceContext } from "../../../kernel/resource.ts";
import { resourceTags, type TagList } from "../../../kernel/resourceTags.ts";

/** The stack's tags with the resource's own, as Lambda writes them. */
export const tagsOf = (ctx: ResourceContext, own: TagList = []): Record<string, string> =>
  Object.fromEntries(resourceTags(ctx, own).map(({ Key, Value }) => [Key, Value]));

/** Changes only the tags that differ: a function's are asked for with every call. */
export const retag = async (
  ctx: ResourceContext,
  Resource: string,
  before: Record<string, string>,
  after: Record<string, string>,
) => {
  const gone = Object.keys(before).filter((key) => !(key in after));
  const changed = Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value));
  if (gone.length > 0) await ctx.call("lambda", "UntagResource", { Resource, TagKeys: gone });
  if (Object.keys(changed).length > 0) await ctx.call("lambda", "TagResource", { Resource, Tags: changed });
};
