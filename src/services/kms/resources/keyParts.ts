import { errorCode } from "../../../kernel/errors.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";

/** The stack's tags with the key's own, as KMS writes them. */
export const tagsOf = (ctx: ResourceContext, own: TagList = []) =>
  resourceTags(ctx, own).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));

/** Puts a key's tags, and takes those away that it no longer has. */
export const retag = async (ctx: ResourceContext, KeyId: string, before: TagList = [], after?: TagList) => {
  const Tags = tagsOf(ctx, after);
  const TagKeys = droppedTagKeys(before, after);
  if (TagKeys.length > 0) await ctx.call("kms", "UntagResource", { KeyId, TagKeys });
  if (Tags.length > 0) await ctx.call("kms", "TagResource", { KeyId, Tags });
};

/** Lets a key be deleted after its window; one that is gone, or on its way, is as good as deleted. */
export const scheduleDeletion = async (ctx: ResourceContext, KeyId: string, PendingWindowInDays?: number) => {
  try {
    await ctx.call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays });
  } catch (error) {
    if (!["NotFoundException", "KMSInvalidStateException"].includes(errorCode(error))) throw error;
  }
};
