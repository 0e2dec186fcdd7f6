import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { commitDetail, commitsOf } from "../git/commits.ts";
import { commitAt, isCommitId } from "../git/specifiers.ts";
import { MAX_BATCH_COMMITS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { commitView } from "../views.ts";

export const getCommit =
  (room: Room): Operation<"GetCommit"> =>
  async (_ctx, { repositoryName, commitId }) => {
    const repository = findRepository(room, repositoryName);
    if (!isCommitId(commitId)) throw refusal("InvalidCommitId");
    const id = await commitAt(room, repository, commitId);
    if (id === undefined) throw refusal("CommitIdDoesNotExist");
    return { commit: commitView(await commitDetail(room, repository, id)) };
  };

export const batchGetCommits =
  (room: Room): Operation<"BatchGetCommits"> =>
  async (_ctx, { repositoryName, commitIds }) => {
    const repository = findRepository(room, repositoryName);
    if (commitIds.length === 0) throw refusal("CommitIdsListRequired");
    if (commitIds.length > MAX_BATCH_COMMITS) throw refusal("CommitIdsLimitExceeded");
    const ids = [...new Set(commitIds)];
    const found = await commitsOf(room, repository, ids);
    return {
      commits: found.map(commitView),
      errors: ids.flatMap((commitId) => {
        if (found.some(({ id }) => id === commitId)) return [];
        const { code, message } = refusal(isCommitId(commitId) ? "CommitIdDoesNotExist" : "InvalidCommitId");
        return [{ commitId, errorCode: code, errorMessage: message }];
      }),
    };
  };
