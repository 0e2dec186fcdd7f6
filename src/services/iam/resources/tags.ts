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
