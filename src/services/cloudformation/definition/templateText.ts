import { textOf } from "../../../kernel/body.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { MAX_BODY_TEMPLATE_BYTES, MAX_S3_TEMPLATE_BYTES } from "../template/limits.ts";
import { parseS3Address } from "./s3Address.ts";

/** Where a request says its template is. */
export interface TemplateSource {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
}

/** The text of a request's template; fetched from S3 as the caller. */
export const templateText = async (
  ctx: Context,
  source: TemplateSource,
  previous: string | undefined,
): Promise<string> => {
  const given = [source.TemplateBody, source.TemplateURL].filter((part) => part !== undefined && part !== "");
  if (source.UsePreviousTemplate === true) {
    if (given.length > 0)
      throw validationError("You cannot specify both usePreviousTemplate and Template Body/Template URL.");
    if (previous === undefined) throw validationError("Previous template not found.");
    return previous;
  }
  if (given.length === 0) throw validationError("Either Template URL or Template Body must be specified.");
  if (given.length > 1) throw validationError("You can only specify one of Template URL or Template Body.");
  return source.TemplateURL
    ? fetchTemplate(ctx, webAddress(source.TemplateURL))
    : checkedBody(source.TemplateBody ?? "");
};

const checkedBody = (body: string): string => {
  if (Buffer.byteLength(body) <= MAX_BODY_TEMPLATE_BYTES) return body;
  throw validationError(
    `1 validation error detected: Value '${body}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BODY_TEMPLATE_BYTES}`,
  );
};

/** AWS: a template is named by a web address; a bucket is no host. */
const webAddress = (url: string): string => {
  const [, host] = /^s3:\/\/([^/]*)/.exec(url) ?? [];
  if (host !== undefined) throw validationError(`S3 error: Domain name specified in ${host} is not a valid S3 domain`);
  return url;
};

/** The text of an object in S3, by its address. */
export const fetchTemplate = async (ctx: Pick<Context, "call">, url: string): Promise<string> => {
  const address = parseS3Address(url);
  if (address === undefined) throw validationError("TemplateURL must be a supported URL.");
  try {
    const { Body, ContentLength = 0 } = await ctx.call("s3", "GetObject", {
      Bucket: address.bucket,
      Key: address.key,
      VersionId: address.versionId,
    });
    if (ContentLength > MAX_S3_TEMPLATE_BYTES)
      throw new Error(`Template may not exceed ${MAX_S3_TEMPLATE_BYTES} bytes in size.`);
    return await textOf(Body);
  } catch (error) {
    throw validationError(
      `S3 error: ${errorMessage(error)}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
    );
  }
};
