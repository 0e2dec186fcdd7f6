import type { ResourceContext } from "../../../kernel/resource.ts";
import { droppedTagKeys, type TagList } from "../../../kernel/resourceTags.ts";

/** Gives a group or a rule the tags it is to have. */
export const retag = async (
  { call }: ResourceContext,
  ResourceARN: string,
  before: TagList | undefined,
  after: TagList,
): Promise<void> => {
  const TagKeys = droppedTagKeys(before, after);
  if (TagKeys.length > 0) await call("xray", "UntagResource", { ResourceARN, TagKeys });
  if (after.length > 0) await call("xray", "TagResource", { ResourceARN, Tags: [...after] });
};
