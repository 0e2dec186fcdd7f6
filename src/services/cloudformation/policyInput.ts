import type { Context } from "../../kernel/context.ts";
import { fetchTemplate } from "./definition/templateText.ts";
import { validationError } from "./errors.ts";
import { readStackPolicy } from "./stackPolicy.ts";

interface PolicyInput {
  readonly body: string | undefined;
  readonly url: string | undefined;
}

/** The stack policy of a request, given in it or by an S3 address; undefined when it brings none. */
export const policyText = async (ctx: Context, { body, url }: PolicyInput): Promise<string | undefined> => {
  if (body !== undefined && url !== undefined) {
    throw validationError("You cannot specify both Stack Policy Body and Stack Policy URL");
  }
  const text = url === undefined ? body : await fetchTemplate(ctx, url);
  if (text !== undefined) readStackPolicy(text);
  return text;
};
