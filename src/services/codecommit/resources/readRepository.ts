import type { RepositoryMetadata } from "@aws-sdk/client-codecommit";
import type { Answer } from "../../../kernel/aws.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { capitalized, keyAsGiven, plain, tagList, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

export type Metadata = Answer<RepositoryMetadata>;

/** What a repository of that id is called now: mostly as its template says. Undefined when it is gone. */
export const nameOfId = async (
  ctx: Pick<ResourceContext, "call">,
  id: string,
  likely: string | undefined,
): Promise<string | undefined> => {
  if (likely !== undefined && (await describe(ctx, likely))?.repositoryId === id) return likely;
  let nextToken: string | undefined;
  do {
    const page = await ctx.call("codecommit", "ListRepositories", { nextToken });
    const found = page.repositories?.find(({ repositoryId }) => repositoryId === id);
    if (found) return found.repositoryName;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return undefined;
};

/** A repository as it is now, in the words of its template; undefined when it is gone. */
export const readRepository = async (ctx: ResourceContext, id: string, given: JsonObject) => {
  const name = await nameOfId(ctx, id, textOf(given, "RepositoryName"));
  const metadata = name === undefined ? undefined : await describe(ctx, name);
  if (!metadata) return undefined;
  const { triggers = [] } = await ctx.call("codecommit", "GetRepositoryTriggers", { repositoryName: name });
  const { tags } = await ctx.call("codecommit", "ListTagsForResource", { resourceArn: metadata.Arn });
  const properties = plain({
    RepositoryName: name,
    RepositoryDescription: metadata.repositoryDescription,
    KmsKeyId: await keyAsGiven(ctx, given["KmsKeyId"], metadata.kmsKeyId),
    Triggers: triggers.length > 0 ? triggers.map((trigger) => capitalized(trigger)) : undefined,
    Tags: tagList(tags),
  });
  return { metadata, properties };
};

const describe = async (ctx: Pick<ResourceContext, "call">, repositoryName: string): Promise<Metadata | undefined> => {
  const asked = ctx.call("codecommit", "GetRepository", { repositoryName });
  return (await unlessMissing(asked, "RepositoryDoesNotExistException"))?.repositoryMetadata;
};
