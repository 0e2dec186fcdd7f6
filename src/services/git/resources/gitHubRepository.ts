import { defineResourceType } from "../../../kernel/resource.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codestar-githubrepository.html */
interface RepositoryProperties {
  readonly RepositoryOwner: string;
  readonly RepositoryName: string;
  readonly RepositoryDescription?: string;
  readonly RepositoryAccessToken?: string;
  readonly IsPrivate?: boolean;
  readonly EnableIssues?: boolean;
  readonly ConnectionArn?: string;
  readonly Code?: { readonly S3: { readonly Bucket: string; readonly Key: string; readonly ObjectVersion?: string } };
}

/** Differs: the repository stands on this cloud's Git host, in the place of GitHub. */
export const gitHubRepositoryType = defineResourceType<RepositoryProperties>({
  name: "AWS::CodeStar::GitHubRepository",
  withoutEffect: {
    ConnectionArn: "the Git host here asks no connection",
    EnableIssues: "the Git host here has no issues",
    IsPrivate: "the Git host here shows repositories to nobody without a login",
  },
  create: async (ctx, desired) => {
    const { RepositoryOwner: owner, RepositoryName: name, Code } = desired;
    await ctx.call("git", "CreateRepository", {
      owner,
      name,
      description: desired.RepositoryDescription,
      accessToken: desired.RepositoryAccessToken,
      code: Code && { bucket: Code.S3.Bucket, key: Code.S3.Key, version: Code.S3.ObjectVersion },
    });
    return { physicalId: `${owner}/${name}`, attributes: {} };
  },
  // The code is only the first commit: what becomes of it later changes nothing.
  update: async (ctx, { physicalId, attributes }, desired) => {
    await ctx.call("git", "UpdateRepository", {
      owner: desired.RepositoryOwner,
      name: desired.RepositoryName,
      description: desired.RepositoryDescription,
      accessToken: desired.RepositoryAccessToken,
    });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    const [owner = "", name = ""] = physicalId.split("/");
    await ctx.call("git", "DeleteRepository", { owner, name });
  },
});
