import type { ResourceContext } from "../../../kernel/resource.ts";

interface Tagged {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** The stack's tags and the resource's own, which win. */
export const tagsOf = (ctx: ResourceContext, { Tags = [] }: Tagged) => {
  const tags = new Map(Object.entries(ctx.tags).concat(Tags.map(({ Key, Value }) => [Key, Value])));
  return [...tags].map(([key, value]) => ({ key, value }));
};
