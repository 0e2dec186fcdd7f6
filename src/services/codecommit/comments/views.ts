import type { Room } from "../room.ts";
import type { CommentRecord, Subject } from "./records.ts";

/** A comment, as one sees it who may have reacted to it. */
export const commentView = (comment: CommentRecord, caller: string) => {
  const { id, content, inReplyTo, author, isDeleted, token, reactions } = comment;
  const codes = Object.values(reactions);
  return {
    commentId: id,
    ...(isDeleted ? {} : { content }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    creationDate: new Date(comment.createdAt),
    lastModifiedDate: new Date(comment.changedAt),
    authorArn: author,
    deleted: isDeleted,
    ...(token === undefined ? {} : { clientRequestToken: token }),
    callerReactions: Object.entries(reactions).flatMap(([arn, code]) => (arn === caller ? [code] : [])),
    reactionCounts: Object.fromEntries(
      [...new Set(codes)].map((code) => [code, codes.filter((each) => each === code).length]),
    ),
  };
};

export const subjectView = ({ tables }: Room, subject: Subject) => {
  const { repositoryId, pull, before, after, location, beforeBlob, afterBlob } = subject;
  const repositoryName = tables.repositories.byId(repositoryId)?.name;
  return {
    ...(repositoryName === undefined ? {} : { repositoryName }),
    ...(pull === undefined ? {} : { pullRequestId: String(pull) }),
    ...(before === undefined ? {} : { beforeCommitId: before }),
    afterCommitId: after,
    ...(beforeBlob === undefined ? {} : { beforeBlobId: beforeBlob }),
    ...(afterBlob === undefined ? {} : { afterBlobId: afterBlob }),
    ...(location ? { location } : {}),
  };
};

/** Comments by what they are about, each group in the order of time. */
export const threadsView = (room: Room, comments: readonly CommentRecord[], caller: string) => {
  const threads = new Map<string, CommentRecord[]>();
  for (const comment of comments) {
    const about = JSON.stringify(comment.subject);
    threads.set(about, [...(threads.get(about) ?? []), comment]);
  }
  return [...threads.values()].map((thread) => ({
    ...(thread[0] ? subjectView(room, thread[0].subject) : {}),
    comments: thread.map((comment) => commentView(comment, caller)),
  }));
};
