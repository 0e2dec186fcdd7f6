import { actorOf } from "../actor.ts";
import { findComment } from "../comments/find.ts";
import { post, subjectOf } from "../comments/post.ts";
import { commentView, subjectView } from "../comments/views.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { findPull } from "../pulls/find.ts";
import type { Operation, Room } from "../room.ts";

export const postCommentForComparedCommit =
  (room: Room): Operation<"PostCommentForComparedCommit"> =>
  async (ctx, { repositoryName, content, clientRequestToken: token, ...place }) => {
    const subject = await subjectOf(room, findRepository(room, repositoryName), place);
    const comment = post(ctx, room, subject, { content, token });
    return { ...subjectView(room, subject), comment: commentView(comment, actorOf(ctx.principal, ctx.partition)) };
  };

export const postCommentForPullRequest =
  (room: Room): Operation<"PostCommentForPullRequest"> =>
  async (ctx, { pullRequestId, repositoryName, content, clientRequestToken: token, ...place }) => {
    const pull = findPull(room, pullRequestId);
    const repository = findRepository(room, repositoryName);
    if (pull.repositoryId !== repository.id) throw refusal("RepositoryNotAssociatedWithPullRequest");
    const subject = { ...(await subjectOf(room, repository, place)), pull: pull.number };
    const comment = post(ctx, room, subject, { content, token });
    return { ...subjectView(room, subject), comment: commentView(comment, actorOf(ctx.principal, ctx.partition)) };
  };

export const postCommentReply =
  (room: Room): Operation<"PostCommentReply"> =>
  async (ctx, { inReplyTo, content, clientRequestToken: token }) => {
    const { subject } = findComment(room, inReplyTo);
    const comment = post(ctx, room, subject, { content, inReplyTo, token });
    return { comment: commentView(comment, actorOf(ctx.principal, ctx.partition)) };
  };
