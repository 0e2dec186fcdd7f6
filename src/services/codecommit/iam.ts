import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";

/** What permissions to a repository are asked with: its ARN, its tags, and the reference that is to change. */
export const repositoryRequest = (
  { tables }: Pick<Room, "tables">,
  ctx: Context,
  action: string,
  { name, reference }: { readonly name: string; readonly reference?: string | undefined },
): AuthorizationRequest => ({
  action: `codecommit:${action}`,
  resource: ctx.arn(name),
  conditions: {
    ...Object.fromEntries(
      Object.entries(tables.repositories.get(name)?.tags ?? {}).map(([key, value]) => [
        `aws:ResourceTag/${key}`,
        value,
      ]),
    ),
    ...(reference === undefined ? {} : { "codecommit:References": reference }),
  },
});

interface OnRepository {
  readonly repositoryName?: string | undefined;
}

const onRepository =
  (action: string) =>
  (room: Room, ctx: Context, { repositoryName = "*" }: OnRepository): AuthorizationRequest =>
    repositoryRequest(room, ctx, action, { name: repositoryName });

/** AWS: whoever changes a branch may be held to certain ones. */
const onBranch =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly repositoryName: string; readonly branchName: string }) =>
    repositoryRequest(room, ctx, action, { name: input.repositoryName, reference: `refs/heads/${input.branchName}` });

const onArn =
  (action: string) =>
  (room: Room, ctx: Context, { resourceArn, tags }: { readonly resourceArn: string; readonly tags?: Tags }) => {
    const request = repositoryRequest(room, ctx, action, { name: resourceArn.split(":").slice(5).join(":") });
    return { ...request, conditions: { ...request.conditions, ...requestTags(tags) } };
  };

type Tags = Readonly<Record<string, string>>;

const requestTags = (tags: Tags = {}) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `codecommit:${action}`, resource: "*" });

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodecommit.html */
export const iam: IamTable<Room, "codecommit"> = {
  BatchGetCommits: onRepository("BatchGetCommits"),
  BatchGetRepositories: (room, ctx, { repositoryNames }) =>
    repositoryNames.map((name) => repositoryRequest(room, ctx, "BatchGetRepositories", { name })),
  CreateBranch: onBranch("CreateBranch"),
  CreateCommit: onBranch("CreateCommit"),
  CreateRepository: (room, ctx, { repositoryName, tags }) => ({
    ...repositoryRequest(room, ctx, "CreateRepository", { name: repositoryName }),
    conditions: requestTags(tags),
  }),
  DeleteBranch: onBranch("DeleteBranch"),
  DeleteFile: onBranch("DeleteFile"),
  DeleteRepository: onRepository("DeleteRepository"),
  GetBlob: onRepository("GetBlob"),
  GetBranch: onRepository("GetBranch"),
  GetCommit: onRepository("GetCommit"),
  GetDifferences: onRepository("GetDifferences"),
  GetFile: onRepository("GetFile"),
  GetFolder: onRepository("GetFolder"),
  GetRepository: onRepository("GetRepository"),
  GetRepositoryTriggers: onRepository("GetRepositoryTriggers"),
  ListBranches: onRepository("ListBranches"),
  ListRepositories: onAll("ListRepositories"),
  ListTagsForResource: onArn("ListTagsForResource"),
  PutFile: onBranch("PutFile"),
  PutRepositoryTriggers: onRepository("PutRepositoryTriggers"),
  TagResource: onArn("TagResource"),
  TestRepositoryTriggers: onRepository("TestRepositoryTriggers"),
  UntagResource: onArn("UntagResource"),
  UpdateDefaultBranch: onRepository("UpdateDefaultBranch"),
  UpdateRepositoryDescription: onRepository("UpdateRepositoryDescription"),
  UpdateRepositoryEncryptionKey: onRepository("UpdateRepositoryEncryptionKey"),
  UpdateRepositoryName: (room, ctx, { oldName }) =>
    repositoryRequest(room, ctx, "UpdateRepositoryName", { name: oldName }),
};
