import * as model from "@aws-sdk/client-codecommit";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { brokenMember, missingMember } from "./memberRefusals.ts";
import { closeRoom, openRoom } from "./open.ts";
import {
  createPullRequestApprovalRule,
  deletePullRequestApprovalRule,
  updatePullRequestApprovalRuleContent,
} from "./operations/approvalRules.ts";
import {
  evaluatePullRequestApprovalRules,
  getPullRequestApprovalStates,
  getPullRequestOverrideState,
  overridePullRequestApprovalRules,
  updatePullRequestApprovalState,
} from "./operations/approvals.ts";
import { createBranch, deleteBranch, getBranch, listBranches, updateDefaultBranch } from "./operations/branches.ts";
import {
  deleteRepository,
  updateRepositoryDescription,
  updateRepositoryEncryptionKey,
  updateRepositoryName,
} from "./operations/changeRepository.ts";
import {
  deleteCommentContent,
  getComment,
  getCommentsForComparedCommit,
  getCommentsForPullRequest,
  updateComment,
} from "./operations/comments.ts";
import { batchGetCommits, getCommit } from "./operations/commits.ts";
import { getBlob, getFile } from "./operations/contents.ts";
import { createCommit } from "./operations/createCommit.ts";
import { createPullRequest } from "./operations/createPullRequest.ts";
import { createRepository } from "./operations/createRepository.ts";
import { createUnreferencedMergeCommit } from "./operations/createUnreferencedMergeCommit.ts";
import { deleteFile } from "./operations/deleteFile.ts";
import { describePullRequestEvents } from "./operations/describePullRequestEvents.ts";
import { getDifferences } from "./operations/getDifferences.ts";
import { getFolder } from "./operations/getFolder.ts";
import { listFileCommitHistory } from "./operations/listFileCommitHistory.ts";
import {
  mergeBranchesByFastForward,
  mergeBranchesBySquash,
  mergeBranchesByThreeWay,
} from "./operations/mergeBranches.ts";
import { batchDescribeMergeConflicts, describeMergeConflicts, getMergeConflicts } from "./operations/mergeConflicts.ts";
import { getMergeCommit, getMergeOptions } from "./operations/mergeOptions.ts";
import {
  mergePullRequestByFastForward,
  mergePullRequestBySquash,
  mergePullRequestByThreeWay,
} from "./operations/mergePullRequest.ts";
import {
  postCommentForComparedCommit,
  postCommentForPullRequest,
  postCommentReply,
} from "./operations/postComments.ts";
import {
  getPullRequest,
  listPullRequests,
  updatePullRequestDescription,
  updatePullRequestStatus,
  updatePullRequestTitle,
} from "./operations/pullRequests.ts";
import { putFile } from "./operations/putFile.ts";
import { getCommentReactions, putCommentReaction } from "./operations/reactions.ts";
import { batchGetRepositories, getRepository, listRepositories } from "./operations/repositories.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import {
  associateApprovalRuleTemplateWithRepository,
  batchAssociateApprovalRuleTemplateWithRepositories,
  batchDisassociateApprovalRuleTemplateFromRepositories,
  disassociateApprovalRuleTemplateFromRepository,
  listAssociatedApprovalRuleTemplatesForRepository,
  listRepositoriesForApprovalRuleTemplate,
} from "./operations/templateAssociations.ts";
import {
  createApprovalRuleTemplate,
  deleteApprovalRuleTemplate,
  getApprovalRuleTemplate,
  listApprovalRuleTemplates,
  updateApprovalRuleTemplateContent,
  updateApprovalRuleTemplateDescription,
  updateApprovalRuleTemplateName,
} from "./operations/templates.ts";
import { getRepositoryTriggers, putRepositoryTriggers, testRepositoryTriggers } from "./operations/triggers.ts";
import { repositoryType } from "./resources/repository.ts";
import type { Room } from "./room.ts";

/** AWS CodeCommit. */
export default defineService<Room, "codecommit">({
  name: "codecommit",
  model,
  scope: "region",
  constraints,
  brokenMember,
  missingMember,
  open: openRoom,
  close: closeRoom,
  operations: {
    AssociateApprovalRuleTemplateWithRepository: associateApprovalRuleTemplateWithRepository,
    BatchAssociateApprovalRuleTemplateWithRepositories: batchAssociateApprovalRuleTemplateWithRepositories,
    BatchDescribeMergeConflicts: batchDescribeMergeConflicts,
    BatchDisassociateApprovalRuleTemplateFromRepositories: batchDisassociateApprovalRuleTemplateFromRepositories,
    BatchGetCommits: batchGetCommits,
    BatchGetRepositories: batchGetRepositories,
    CreateApprovalRuleTemplate: createApprovalRuleTemplate,
    CreateBranch: createBranch,
    CreateCommit: createCommit,
    CreatePullRequest: createPullRequest,
    CreatePullRequestApprovalRule: createPullRequestApprovalRule,
    CreateRepository: createRepository,
    CreateUnreferencedMergeCommit: createUnreferencedMergeCommit,
    DeleteApprovalRuleTemplate: deleteApprovalRuleTemplate,
    DeleteBranch: deleteBranch,
    DeleteCommentContent: deleteCommentContent,
    DeleteFile: deleteFile,
    DeletePullRequestApprovalRule: deletePullRequestApprovalRule,
    DeleteRepository: deleteRepository,
    DescribeMergeConflicts: describeMergeConflicts,
    DescribePullRequestEvents: describePullRequestEvents,
    DisassociateApprovalRuleTemplateFromRepository: disassociateApprovalRuleTemplateFromRepository,
    EvaluatePullRequestApprovalRules: evaluatePullRequestApprovalRules,
    GetApprovalRuleTemplate: getApprovalRuleTemplate,
    GetBlob: getBlob,
    GetBranch: getBranch,
    GetComment: getComment,
    GetCommentReactions: getCommentReactions,
    GetCommentsForComparedCommit: getCommentsForComparedCommit,
    GetCommentsForPullRequest: getCommentsForPullRequest,
    GetCommit: getCommit,
    GetDifferences: getDifferences,
    GetFile: getFile,
    GetFolder: getFolder,
    GetMergeCommit: getMergeCommit,
    GetMergeConflicts: getMergeConflicts,
    GetMergeOptions: getMergeOptions,
    GetPullRequest: getPullRequest,
    GetPullRequestApprovalStates: getPullRequestApprovalStates,
    GetPullRequestOverrideState: getPullRequestOverrideState,
    GetRepository: getRepository,
    GetRepositoryTriggers: getRepositoryTriggers,
    ListApprovalRuleTemplates: listApprovalRuleTemplates,
    ListAssociatedApprovalRuleTemplatesForRepository: listAssociatedApprovalRuleTemplatesForRepository,
    ListBranches: listBranches,
    ListFileCommitHistory: listFileCommitHistory,
    ListPullRequests: listPullRequests,
    ListRepositories: listRepositories,
    ListRepositoriesForApprovalRuleTemplate: listRepositoriesForApprovalRuleTemplate,
    ListTagsForResource: listTagsForResource,
    MergeBranchesByFastForward: mergeBranchesByFastForward,
    MergeBranchesBySquash: mergeBranchesBySquash,
    MergeBranchesByThreeWay: mergeBranchesByThreeWay,
    MergePullRequestByFastForward: mergePullRequestByFastForward,
    MergePullRequestBySquash: mergePullRequestBySquash,
    MergePullRequestByThreeWay: mergePullRequestByThreeWay,
    OverridePullRequestApprovalRules: overridePullRequestApprovalRules,
    PostCommentForComparedCommit: postCommentForComparedCommit,
    PostCommentForPullRequest: postCommentForPullRequest,
    PostCommentReply: postCommentReply,
    PutCommentReaction: putCommentReaction,
    PutFile: putFile,
    PutRepositoryTriggers: putRepositoryTriggers,
    TagResource: tagResource,
    TestRepositoryTriggers: testRepositoryTriggers,
    UntagResource: untagResource,
    UpdateApprovalRuleTemplateContent: updateApprovalRuleTemplateContent,
    UpdateApprovalRuleTemplateDescription: updateApprovalRuleTemplateDescription,
    UpdateApprovalRuleTemplateName: updateApprovalRuleTemplateName,
    UpdateComment: updateComment,
    UpdateDefaultBranch: updateDefaultBranch,
    UpdatePullRequestApprovalRuleContent: updatePullRequestApprovalRuleContent,
    UpdatePullRequestApprovalState: updatePullRequestApprovalState,
    UpdatePullRequestDescription: updatePullRequestDescription,
    UpdatePullRequestStatus: updatePullRequestStatus,
    UpdatePullRequestTitle: updatePullRequestTitle,
    UpdateRepositoryDescription: updateRepositoryDescription,
    UpdateRepositoryEncryptionKey: updateRepositoryEncryptionKey,
    UpdateRepositoryName: updateRepositoryName,
  },
  iam,
  resources: [repositoryType],
});
