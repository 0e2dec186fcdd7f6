import { textOf } from "../../kernel/body.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { ResourceContext } from "../../kernel/resource.ts";

/** Where a template's API is defined. */
export interface ApiDefinition {
  readonly Body?: JsonObject;
  readonly BodyS3Location?: BodyS3Location;
}

/** The two APIs spell the entity tag otherwise. */
interface BodyS3Location {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly Version?: string;
  readonly ETag?: string;
  readonly Etag?: string;
}

/** The text of an API's definition: the template's own, or that of an object, read as the stack. */
export const definitionText = async (
  ctx: ResourceContext,
  { Body, BodyS3Location: at }: ApiDefinition,
): Promise<string | undefined> => {
  if (Body) return JSON.stringify(Body);
  if (!at) return undefined;
  const { Bucket, Key, Version: VersionId, ETag, Etag = ETag } = at;
  // AWS: a definition that is not the one meant is not taken.
  const { Body: body } = await ctx.call("s3", "GetObject", { Bucket, Key, VersionId, IfMatch: Etag });
  return textOf(body);
};

/** Whether a template defines its API otherwise than before. */
export const isRedefined = (before: ApiDefinition, after: ApiDefinition): boolean =>
  JSON.stringify([before.Body, before.BodyS3Location]) !== JSON.stringify([after.Body, after.BodyS3Location]);
