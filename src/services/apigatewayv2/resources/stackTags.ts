import type { ResourceContext } from "../../../kernel/resource.ts";

type Tags = Readonly<Record<string, string>>;

/** Gives what has a path within the service the tags of its template and of its stack, and takes away those it had beside. */
export const retag = async (ctx: ResourceContext, path: string, before: Tags = {}, after: Tags = {}): Promise<void> => {
  const ResourceArn = `arn:${ctx.partition}:apigateway:${ctx.region}::${path}`;
  const tags = { ...ctx.tags, ...after };
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(tags, key));
  if (gone.length > 0) await ctx.call("apigatewayv2", "UntagResource", { ResourceArn, TagKeys: gone });
  if (Object.keys(tags).length > 0) await ctx.call("apigatewayv2", "TagResource", { ResourceArn, Tags: tags });
};
