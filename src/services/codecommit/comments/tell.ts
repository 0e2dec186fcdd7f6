import { emit } from "../events/emit.ts";
import type { Room } from "../room.ts";
import type { CommentRecord } from "./records.ts";

/** https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html#commentOnCommitCreated */
export const tellComment = (room: Room, comment: CommentRecord, done: "Created" | "Updated", actor: string): void => {
  const { id, subject, inReplyTo } = comment;
  const { repositoryId, pull, before, after } = subject;
  const name = room.tables.repositories.byId(repositoryId)?.name ?? "";
  const isOfPull = pull !== undefined;
  const what = isOfPull
    ? `A pull request event occurred in the following AWS CodeCommit repository: ${name}. The user: ${actor} made a comment or reply on the following Pull Request: ${pull}.`
    : `A comment event occurred in the following AWS CodeCommit repository: ${name}. The user: ${actor} made a comment on the following commit: ${after}.`;
  emit(room, isOfPull ? "CodeCommit Comment on Pull Request" : "CodeCommit Comment on Commit", name, {
    afterCommitId: after,
    ...(before === undefined ? {} : { beforeCommitId: before }),
    callerUserArn: actor,
    commentId: id,
    event: `commentOn${isOfPull ? "PullRequest" : "Commit"}${done}`,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    notificationBody: what,
    ...(isOfPull ? { pullRequestId: String(pull) } : {}),
    repositoryId,
    repositoryName: name,
  });
};
