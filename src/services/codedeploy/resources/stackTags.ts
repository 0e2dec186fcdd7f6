import type { ResourceContext } from "../../../kernel/resource.ts";

export type Tags = readonly { readonly Key: string; readonly Value: string }[];

/** The stack's tags with the resource's own. */
export const tagsOf = (ctx: ResourceContext, own: Tags = []) =>
  [...new Map([...Object.entries(ctx.tags), ...own.map(({ Key, Value }) => [Key, Value] as const)])].map(
    ([Key, Value]) => ({ Key, Value }),
  );

export const changeTags = async (ctx: ResourceContext, ResourceArn: string, before: Tags = [], after: Tags = []) => {
  const Tags = tagsOf(ctx, after);
  const gone = before.map(({ Key }) => Key).filter((key) => !Tags.some(({ Key }) => Key === key));
  if (gone.length > 0) await ctx.call("codedeploy", "UntagResource", { ResourceArn, TagKeys: gone });
  if (Tags.length > 0) await ctx.call("codedeploy", "TagResource", { ResourceArn, Tags });
};

/** The ARN under which CodeDeploy keeps a thing's tags. */
export const arnOf = ({ partition, region, account }: ResourceContext, kind: string, name: string): string =>
  `arn:${partition}:codedeploy:${region}:${account}:${kind}:${name}`;
