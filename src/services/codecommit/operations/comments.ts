import { actorOf } from "../actor.ts";
import { commentsWhere, findComment } from "../comments/find.ts";
import { checkContent } from "../comments/post.ts";
import { tellComment } from "../comments/tell.ts";
import { commentView, threadsView } from "../comments/views.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { MAX_COMMENTS_LISTED } from "../limits.ts";
import { pageByPlace, sizeOf } from "../paging.ts";
import { findPull } from "../pulls/find.ts";
import type { Operation, Room } from "../room.ts";

export const getComment =
  (room: Room): Operation<"GetComment"> =>
  async (ctx, { commentId }) => {
    const comment = findComment(room, commentId);
    if (comment.isDeleted) throw refusal("CommentDeleted");
    return { comment: commentView(comment, actorOf(ctx.principal, ctx.partition)) };
  };

/** AWS: only who wrote it may change it. */
export const updateComment =
  (room: Room): Operation<"UpdateComment"> =>
  async (ctx, { commentId, content }) => {
    const comment = findComment(room, commentId);
    const actor = actorOf(ctx.principal, ctx.partition);
    if (comment.isDeleted) throw refusal("CommentDeleted");
    if (comment.author !== actor) throw refusal("CommentNotCreatedByCaller");
    checkContent(content);
    const changed = { ...comment, content, changedAt: room.clock.now() };
    room.tables.comments.put(commentId, changed);
    tellComment(room, changed, "Updated", actor);
    return { comment: commentView(changed, actor) };
  };

/** AWS: the comment stays, without its words. */
export const deleteCommentContent =
  (room: Room): Operation<"DeleteCommentContent"> =>
  async (ctx, { commentId }) => {
    const comment = findComment(room, commentId);
    if (comment.isDeleted) throw refusal("CommentDeleted");
    const changed = { ...comment, content: "", isDeleted: true, changedAt: room.clock.now() };
    room.tables.comments.put(commentId, changed);
    return { comment: commentView(changed, actorOf(ctx.principal, ctx.partition)) };
  };

export const getCommentsForComparedCommit =
  (room: Room): Operation<"GetCommentsForComparedCommit"> =>
  async (ctx, { repositoryName, beforeCommitId, afterCommitId, maxResults, nextToken }) => {
    const size = sizeOf(maxResults, MAX_COMMENTS_LISTED);
    const { id } = findRepository(room, repositoryName);
    const found = commentsWhere(
      room,
      ({ subject }) =>
        subject.repositoryId === id &&
        subject.pull === undefined &&
        subject.before === beforeCommitId &&
        subject.after === afterCommitId,
    );
    const page = pageByPlace(threadsView(room, found, actorOf(ctx.principal, ctx.partition)), nextToken, size);
    return {
      commentsForComparedCommitData: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  };

export const getCommentsForPullRequest =
  (room: Room): Operation<"GetCommentsForPullRequest"> =>
  async (ctx, { pullRequestId, repositoryName, beforeCommitId, afterCommitId, maxResults, nextToken }) => {
    const size = sizeOf(maxResults, MAX_COMMENTS_LISTED);
    const { number, repositoryId } = findPull(room, pullRequestId);
    if (repositoryName !== undefined && findRepository(room, repositoryName).id !== repositoryId)
      throw refusal("RepositoryNotAssociatedWithPullRequest");
    const found = commentsWhere(
      room,
      ({ subject }) =>
        subject.pull === number &&
        (beforeCommitId === undefined || subject.before === beforeCommitId) &&
        (afterCommitId === undefined || subject.after === afterCommitId),
    );
    const page = pageByPlace(threadsView(room, found, actorOf(ctx.principal, ctx.partition)), nextToken, size);
    return {
      commentsForPullRequestData: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  };
