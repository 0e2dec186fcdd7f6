import type { CfnResource } from "./cfnResource.ts";
import { tagList } from "./tags.ts";
import { Dict, isDict, textOf, type Value } from "./values/value.ts";

/** With PropagateTags, every generated resource carries the author's tags. */
export const propagateTags = (resources: readonly CfnResource[], tags: Value, propagate: boolean): void => {
  if (!propagate || !isDict(tags) || tags.size === 0) return;
  for (const resource of resources) resource.tag(tags);
};

/** As `propagateTags`, but adds to the tags a resource has. */
export const propagateTagsCombined = (resources: readonly CfnResource[], tags: Value, propagate: boolean): void => {
  if (!propagate || !isDict(tags) || tags.size === 0) return;
  for (const resource of resources) {
    const own = resource.get("Tags");
    if (!Array.isArray(own) || own.length === 0) {
      resource.tag(tags);
      continue;
    }
    const combined = Dict.plain();
    for (const tag of [...own, ...tagList(tags)]) {
      if (isDict(tag)) combined.set(textOf(tag.get("Key")) ?? "", tag.get("Value"));
    }
    resource.set("Tags", tagList(combined));
  }
};
