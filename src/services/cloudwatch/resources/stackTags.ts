import type { ResourceContext } from "../../../kernel/resource.ts";

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}
export type Tags = readonly Tag[];

const arnOf = ({ partition, region, account }: ResourceContext, name: string): string =>
  `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`;

export const alarmAttributes = (ctx: ResourceContext, name: string) => ({ Arn: arnOf(ctx, name) });

/** The stack's tags with the resource's own. */
export const tagsOf = (ctx: ResourceContext, own: Tags = []): Tag[] =>
  [...new Map([...Object.entries(ctx.tags), ...own.map(({ Key, Value }) => [Key, Value] as const)])].map(
    ([Key, Value]) => ({ Key, Value }),
  );

/** AWS: putting an alarm that exists leaves its tags alone. */
export const changeTags = async (ctx: ResourceContext, name: string, before: Tags = [], after: Tags = []) => {
  const ResourceARN = arnOf(ctx, name);
  const Tags = tagsOf(ctx, after);
  const TagKeys = before.map(({ Key }) => Key).filter((key) => !Tags.some(({ Key }) => Key === key));
  if (TagKeys.length > 0) await ctx.call("cloudwatch", "UntagResource", { ResourceARN, TagKeys });
  if (Tags.length > 0) await ctx.call("cloudwatch", "TagResource", { ResourceARN, Tags });
};
