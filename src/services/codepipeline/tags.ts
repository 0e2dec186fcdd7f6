import type { Context } from "../../kernel/context.ts";
import { systemTags, tooManyTags } from "./errors.ts";
import { MAX_TAGS } from "./limits.ts";

/** Throws AWS's refusal of tags that a resource cannot get, of which it would have so many then. */
export const checkTags = (
  { calledVia }: Pick<Context, "calledVia">,
  arn: string,
  tags: readonly { readonly key: string }[],
  count = tags.length,
): void => {
  // CloudFormation tags what it makes.
  const isSystem = calledVia === "cloudformation.amazonaws.com";
  if (!isSystem && tags.some(({ key }) => key.toLowerCase().startsWith("aws:"))) throw systemTags();
  if (count > MAX_TAGS) throw tooManyTags(arn);
};
