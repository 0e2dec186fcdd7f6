import type { ResourceContext } from "../../../kernel/resource.ts";
import type { BucketProperties } from "./bucketProperties.ts";

/** A bucket's own tags over those of its stack. */
export const tagsOf = (ctx: ResourceContext, { Tags = [] }: Pick<BucketProperties, "Tags">) => {
  const own = new Map(Object.entries(ctx.tags).concat(Tags.map(({ Key, Value }) => [Key, Value])));
  return [...own].map(([Key, Value]) => ({ Key, Value }));
};
