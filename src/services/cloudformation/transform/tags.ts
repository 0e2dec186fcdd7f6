import type { CfnResource } from "./cfnResource.ts";
import { InvalidResource } from "./errors.ts";
import { Dict, isDict, literal, textOf, type Value } from "./values/value.ts";

const RESERVED = ["lambda:createdBy", "serverlessrepo:applicationId", "serverlessrepo:semanticVersion"];

/** A map of tags as the list of `Key` and `Value` that most types take. */
export const tagList = (tags: Value): Dict[] =>
  isDict(tags) ? tags.entries().map(([key, value]) => Dict.plain({ Key: key, Value: value ?? "" })) : [];

/** The tags of a resource made by SAM: its mark, further ones of the transform, then the author's. */
export const samTags = (logicalId: string, tags: Value, additional: Dict = Dict.plain()): Dict[] => {
  for (const reserved of RESERVED) {
    if (isDict(tags) && tags.has(reserved)) {
      throw new InvalidResource(
        logicalId,
        `${reserved} is a reserved Tag key name and cannot be set on your resource. Please change the tag key in the input.`,
      );
    }
  }
  const mark = Dict.plain({ "lambda:createdBy": literal("SAM") });
  return [...tagList(mark), ...tagList(additional), ...tagList(tags)];
};

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
