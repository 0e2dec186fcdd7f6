import type { CommitDetail, Signature } from "../../engines/git/commits.ts";
import { cloneUrlHttp, cloneUrlSsh } from "./addresses.ts";
import { arnOf } from "./place.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const repositoryView = (room: Room, repository: RepositoryRecord) => {
  const { id, name, description, defaultBranch, kmsKeyId, createdAt, changedAt } = repository;
  return {
    accountId: room.deps.account,
    repositoryId: id,
    repositoryName: name,
    ...(description === undefined ? {} : { repositoryDescription: description }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    lastModifiedDate: new Date(changedAt),
    creationDate: new Date(createdAt),
    cloneUrlHttp: cloneUrlHttp(room, name),
    cloneUrlSsh: cloneUrlSsh(room, name),
    Arn: arnOf(room, name),
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
  };
};

export const commitView = ({ id, tree, parents, wholeMessage, author, committer }: CommitDetail) => ({
  commitId: id,
  treeId: tree,
  parents: [...parents],
  message: wholeMessage,
  author: userView(author),
  committer: userView(committer),
  additionalData: "",
});

const userView = ({ name, email, gitDate }: Signature) => ({ name, email, date: gitDate });
