import { InvalidResource } from "./errors.ts";
import { Dict, isDict, literal, type Value } from "./values/value.ts";

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
