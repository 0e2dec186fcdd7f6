import type { ResourceContext } from "./resource.ts";

/** Tags as most resource types write them. */
export type TagList = readonly { readonly Key: string; readonly Value: string }[];

/** A resource's tags: its stack's, and over them its own. */
export const resourceTags = (ctx: Pick<ResourceContext, "tags">, own: TagList = []): { Key: string; Value: string }[] =>
  Object.entries({ ...ctx.tags, ...Object.fromEntries(own.map(({ Key, Value }) => [Key, Value])) }).map(
    ([Key, Value]) => ({ Key, Value }),
  );

/** The keys a resource had and is to have no more. */
export const droppedTagKeys = (before: TagList = [], after: TagList = []): string[] =>
  before.map(({ Key }) => Key).filter((key) => !after.some(({ Key }) => Key === key));
