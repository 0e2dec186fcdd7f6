import * as model from "@aws-sdk/client-codecommit";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { brokenMember, missingMember } from "./memberRefusals.ts";
import { closeRoom, openRoom } from "./open.ts";
import { createBranch, deleteBranch, getBranch, listBranches, updateDefaultBranch } from "./operations/branches.ts";
import {
  deleteRepository,
  updateRepositoryDescription,
  updateRepositoryEncryptionKey,
  updateRepositoryName,
} from "./operations/changeRepository.ts";
import { batchGetCommits, getCommit } from "./operations/commits.ts";
import { getBlob, getFile } from "./operations/contents.ts";
import { createCommit } from "./operations/createCommit.ts";
import { createRepository } from "./operations/createRepository.ts";
import { deleteFile } from "./operations/deleteFile.ts";
import { getDifferences } from "./operations/getDifferences.ts";
import { getFolder } from "./operations/getFolder.ts";
import { putFile } from "./operations/putFile.ts";
import { batchGetRepositories, getRepository, listRepositories } from "./operations/repositories.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
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
    BatchGetCommits: batchGetCommits,
    BatchGetRepositories: batchGetRepositories,
    CreateBranch: createBranch,
    CreateCommit: createCommit,
    CreateRepository: createRepository,
    DeleteBranch: deleteBranch,
    DeleteFile: deleteFile,
    DeleteRepository: deleteRepository,
    GetBlob: getBlob,
    GetBranch: getBranch,
    GetCommit: getCommit,
    GetDifferences: getDifferences,
    GetFile: getFile,
    GetFolder: getFolder,
    GetRepository: getRepository,
    GetRepositoryTriggers: getRepositoryTriggers,
    ListBranches: listBranches,
    ListRepositories: listRepositories,
    ListTagsForResource: listTagsForResource,
    PutFile: putFile,
    PutRepositoryTriggers: putRepositoryTriggers,
    TagResource: tagResource,
    TestRepositoryTriggers: testRepositoryTriggers,
    UntagResource: untagResource,
    UpdateDefaultBranch: updateDefaultBranch,
    UpdateRepositoryDescription: updateRepositoryDescription,
    UpdateRepositoryEncryptionKey: updateRepositoryEncryptionKey,
    UpdateRepositoryName: updateRepositoryName,
  },
  iam,
  resources: [repositoryType],
});
