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

interface OnPull {
  readonly pullRequestId: string;
}

/** AWS: what is done to a pull request is asked of its repository; what is merged, with the branch that it goes to. */
const onPull =
  (action: string, isMerge = false) =>
  (room: Room, ctx: Context, { pullRequestId }: OnPull): AuthorizationRequest => {
    const pull = /^\d{1,15}$/.test(pullRequestId) ? room.tables.pulls.get(Number(pullRequestId)) : undefined;
    const repository = pull && room.tables.repositories.byId(pull.repositoryId);
    const reference = isMerge ? pull?.destination : undefined;
    return repositoryRequest(room, ctx, action, { name: repository?.name ?? "*", reference });
  };

const onComment =
  (action: string) =>
  (room: Room, ctx: Context, commentId: string): AuthorizationRequest => {
    const comment = room.tables.comments.get(commentId);
    const repository = comment && room.tables.repositories.byId(comment.subject.repositoryId);
    return repositoryRequest(room, ctx, action, { name: repository?.name ?? "*" });
  };

interface OnMerge {
  readonly repositoryName: string;
  readonly destinationCommitSpecifier: string;
  readonly targetBranch?: string | undefined;
}

const onMerge =
  (action: string) =>
  (room: Room, ctx: Context, { repositoryName: name, destinationCommitSpecifier, targetBranch }: OnMerge) => {
    const branch = (targetBranch ?? destinationCommitSpecifier).replace(/^refs\/heads\//, "");
    return repositoryRequest(room, ctx, action, { name, reference: `refs/heads/${branch}` });
  };

/** AWS: what many repositories are associated with at once is asked of each. */
const onEach =
  (action: string) =>
  (room: Room, ctx: Context, { repositoryNames }: { readonly repositoryNames: readonly string[] }) =>
    repositoryNames.map((name) => repositoryRequest(room, ctx, action, { name }));

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `codecommit:${action}`, resource: "*" });

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodecommit.html */
export const iam: IamTable<Room, "codecommit"> = {
  AssociateApprovalRuleTemplateWithRepository: onRepository("AssociateApprovalRuleTemplateWithRepository"),
  BatchAssociateApprovalRuleTemplateWithRepositories: onEach("BatchAssociateApprovalRuleTemplateWithRepositories"),
  BatchDescribeMergeConflicts: onRepository("BatchDescribeMergeConflicts"),
  BatchDisassociateApprovalRuleTemplateFromRepositories: onEach(
    "BatchDisassociateApprovalRuleTemplateFromRepositories",
  ),
  BatchGetCommits: onRepository("BatchGetCommits"),
  BatchGetRepositories: onEach("BatchGetRepositories"),
  CreateApprovalRuleTemplate: onAll("CreateApprovalRuleTemplate"),
  CreateBranch: onBranch("CreateBranch"),
  CreateCommit: onBranch("CreateCommit"),
  CreatePullRequest: (room, ctx, { targets }) =>
    targets.map(({ repositoryName: name }) => repositoryRequest(room, ctx, "CreatePullRequest", { name })),
  CreatePullRequestApprovalRule: onPull("CreatePullRequestApprovalRule"),
  CreateRepository: (room, ctx, { repositoryName, tags }) => ({
    ...repositoryRequest(room, ctx, "CreateRepository", { name: repositoryName }),
    conditions: requestTags(tags),
  }),
  CreateUnreferencedMergeCommit: onRepository("CreateUnreferencedMergeCommit"),
  DeleteApprovalRuleTemplate: onAll("DeleteApprovalRuleTemplate"),
  DeleteBranch: onBranch("DeleteBranch"),
  DeleteCommentContent: (room, ctx, { commentId }) => onComment("DeleteCommentContent")(room, ctx, commentId),
  DeleteFile: onBranch("DeleteFile"),
  DeletePullRequestApprovalRule: onPull("DeletePullRequestApprovalRule"),
  DeleteRepository: onRepository("DeleteRepository"),
  DescribeMergeConflicts: onRepository("DescribeMergeConflicts"),
  DescribePullRequestEvents: onPull("DescribePullRequestEvents"),
  DisassociateApprovalRuleTemplateFromRepository: onRepository("DisassociateApprovalRuleTemplateFromRepository"),
  EvaluatePullRequestApprovalRules: onPull("EvaluatePullRequestApprovalRules"),
  GetApprovalRuleTemplate: onAll("GetApprovalRuleTemplate"),
  GetBlob: onRepository("GetBlob"),
  GetBranch: onRepository("GetBranch"),
  GetComment: (room, ctx, { commentId }) => onComment("GetComment")(room, ctx, commentId),
  GetCommentReactions: (room, ctx, { commentId }) => onComment("GetCommentReactions")(room, ctx, commentId),
  GetCommentsForComparedCommit: onRepository("GetCommentsForComparedCommit"),
  GetCommentsForPullRequest: onPull("GetCommentsForPullRequest"),
  GetCommit: onRepository("GetCommit"),
  GetDifferences: onRepository("GetDifferences"),
  GetFile: onRepository("GetFile"),
  GetFolder: onRepository("GetFolder"),
  GetMergeCommit: onRepository("GetMergeCommit"),
  GetMergeConflicts: onRepository("GetMergeConflicts"),
  GetMergeOptions: onRepository("GetMergeOptions"),
  GetPullRequest: onPull("GetPullRequest"),
  GetPullRequestApprovalStates: onPull("GetPullRequestApprovalStates"),
  GetPullRequestOverrideState: onPull("GetPullRequestOverrideState"),
  GetRepository: onRepository("GetRepository"),
  GetRepositoryTriggers: onRepository("GetRepositoryTriggers"),
  ListApprovalRuleTemplates: onAll("ListApprovalRuleTemplates"),
  ListAssociatedApprovalRuleTemplatesForRepository: onRepository("ListAssociatedApprovalRuleTemplatesForRepository"),
  ListBranches: onRepository("ListBranches"),
  ListFileCommitHistory: onRepository("ListFileCommitHistory"),
  ListPullRequests: onRepository("ListPullRequests"),
  ListRepositories: onAll("ListRepositories"),
  ListRepositoriesForApprovalRuleTemplate: onAll("ListRepositoriesForApprovalRuleTemplate"),
  ListTagsForResource: onArn("ListTagsForResource"),
  MergeBranchesByFastForward: onMerge("MergeBranchesByFastForward"),
  MergeBranchesBySquash: onMerge("MergeBranchesBySquash"),
  MergeBranchesByThreeWay: onMerge("MergeBranchesByThreeWay"),
  MergePullRequestByFastForward: onPull("MergePullRequestByFastForward", true),
  MergePullRequestBySquash: onPull("MergePullRequestBySquash", true),
  MergePullRequestByThreeWay: onPull("MergePullRequestByThreeWay", true),
  OverridePullRequestApprovalRules: onPull("OverridePullRequestApprovalRules"),
  PostCommentForComparedCommit: onRepository("PostCommentForComparedCommit"),
  PostCommentForPullRequest: onPull("PostCommentForPullRequest"),
  PostCommentReply: (room, ctx, { inReplyTo }) => onComment("PostCommentReply")(room, ctx, inReplyTo),
  PutCommentReaction: (room, ctx, { commentId }) => onComment("PutCommentReaction")(room, ctx, commentId),
  PutFile: onBranch("PutFile"),
  PutRepositoryTriggers: onRepository("PutRepositoryTriggers"),
  TagResource: onArn("TagResource"),
  TestRepositoryTriggers: onRepository("TestRepositoryTriggers"),
  UntagResource: onArn("UntagResource"),
  UpdateApprovalRuleTemplateContent: onAll("UpdateApprovalRuleTemplateContent"),
  UpdateApprovalRuleTemplateDescription: onAll("UpdateApprovalRuleTemplateDescription"),
  UpdateApprovalRuleTemplateName: onAll("UpdateApprovalRuleTemplateName"),
  UpdateComment: (room, ctx, { commentId }) => onComment("UpdateComment")(room, ctx, commentId),
  UpdateDefaultBranch: onRepository("UpdateDefaultBranch"),
  UpdatePullRequestApprovalRuleContent: onPull("UpdatePullRequestApprovalRuleContent"),
  UpdatePullRequestApprovalState: onPull("UpdatePullRequestApprovalState"),
  UpdatePullRequestDescription: onPull("UpdatePullRequestDescription"),
  UpdatePullRequestStatus: onPull("UpdatePullRequestStatus"),
  UpdatePullRequestTitle: onPull("UpdatePullRequestTitle"),
  UpdateRepositoryDescription: onRepository("UpdateRepositoryDescription"),
  UpdateRepositoryEncryptionKey: onRepository("UpdateRepositoryEncryptionKey"),
  UpdateRepositoryName: (room, ctx, { oldName }) =>
    repositoryRequest(room, ctx, "UpdateRepositoryName", { name: oldName }),
};
