import { AwsError } from "../../kernel/errors.ts";
import type { Principal, RolePrincipal } from "../../kernel/principal.ts";

interface TagInput {
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

/**
 * The tags of a new session: those that its caller's session passes on, and those of the request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export const sessionTagsOf = (
  caller: Principal,
  { Tags = [], TransitiveTagKeys = [] }: TagInput,
): Pick<RolePrincipal, "sessionTags" | "transitiveTagKeys"> => {
  const inherited = inheritedTags(caller);
  const keys = Tags.map(({ Key = "" }) => Key.toLowerCase());
  const passedOn = TransitiveTagKeys.map((key) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidTags("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (passedOn.some((key) => !keys.includes(key))) {
    throw invalidTags("The specified transitive tag key must be included in the requested tags.");
  }
  if (keys.some((key) => inherited.keys.includes(key))) {
    throw invalidTags(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const tags = [...inherited.tags, ...Tags.map(({ Key = "", Value = "" }): [string, string] => [Key, Value])];
  const transitive = [...inherited.keys, ...passedOn];
  return {
    ...(tags.length > 0 ? { sessionTags: Object.fromEntries(tags) } : {}),
    ...(transitive.length > 0 ? { transitiveTagKeys: transitive } : {}),
  };
};

const inheritedTags = (caller: Principal) => {
  const { sessionTags = {}, transitiveTagKeys: keys = [] } = caller.kind === "role" ? caller : {};
  return { keys, tags: Object.entries(sessionTags).filter(([key]) => keys.includes(key.toLowerCase())) };
};

const invalidTags = (message: string) => new AwsError("InvalidParameterValue", message);
