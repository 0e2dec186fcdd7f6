import type { ResourceContext } from "../../../kernel/resource.ts";

export interface TagProperty {
  readonly Key: string;
  readonly Value: string;
}

/** A resource's own tags over those of its stack. */
export const allTags = (ctx: ResourceContext, tags: readonly TagProperty[] = []): readonly TagProperty[] => {
  const merged = new Map([...Object.entries(ctx.tags), ...tags.map(({ Key, Value }) => [Key, Value] as const)]);
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
};

/** The keys that are no longer among the tags. */
export const goneKeys = (
  before: readonly TagProperty[] | undefined,
  after: readonly TagProperty[],
): readonly string[] => (before ?? []).flatMap(({ Key }) => (after.some((tag) => tag.Key === Key) ? [] : [Key]));

/** Whether tags are those that this stack gave to this resource: then a creation that was cut short made it. */
export const isOurs = (
  ctx: ResourceContext,
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): boolean =>
  ["aws:cloudformation:stack-id", "aws:cloudformation:logical-id"].every((key) =>
    tags?.some(({ Key, Value }) => Key === key && Value === ctx.tags[key]),
  );
