import { actorOf } from "../actor.ts";
import { findComment } from "../comments/find.ts";
import { REACTIONS, reactionOf } from "../comments/reactions.ts";
import { refusal } from "../errors.ts";
import { emit } from "../events/emit.ts";
import { MAX_REACTIONS_LISTED } from "../limits.ts";
import { pageByPlace, sizeOf } from "../paging.ts";
import type { Operation, Room } from "../room.ts";

/** AWS: everybody has one reaction to a comment. */
export const putCommentReaction =
  (room: Room): Operation<"PutCommentReaction"> =>
  async (ctx, { commentId, reactionValue }) => {
    const comment = findComment(room, commentId);
    if (comment.isDeleted) throw refusal("CommentDeleted");
    const reaction = reactionOf(reactionValue);
    const actor = actorOf(ctx.principal, ctx.partition);
    const { [actor]: before, ...others } = comment.reactions;
    const reactions = reaction ? { ...others, [actor]: reaction.shortCode } : others;
    room.tables.comments.put(commentId, { ...comment, reactions });
    const { repositoryId } = comment.subject;
    const repositoryName = room.tables.repositories.byId(repositoryId)?.name ?? "";
    emit(room, "CodeCommit Comment Reaction Change", repositoryName, {
      callerUserArn: actor,
      commentId,
      event: before === undefined ? "commentReactionCreated" : "commentReactionUpdated",
      notificationBody: `A comment reaction event occurred in the following AWS CodeCommit repository: ${repositoryName}. The user: ${actor} made a reaction to the comment with the following comment ID: ${commentId}.`,
      reactionEmojis: reaction ? [reaction.emoji] : [],
      reactionShortcodes: reaction ? [reaction.shortCode] : [],
      reactionUnicodes: reaction ? [reaction.unicode] : [],
      repositoryId,
      repositoryName,
    });
    return {};
  };

export const getCommentReactions =
  (room: Room): Operation<"GetCommentReactions"> =>
  async (_ctx, { commentId, reactionUserArn, maxResults, nextToken }) => {
    const size = sizeOf(maxResults, MAX_REACTIONS_LISTED);
    const comment = findComment(room, commentId);
    if (comment.isDeleted) throw refusal("CommentDeleted");
    const given = Object.entries(comment.reactions).filter(
      ([arn]) => reactionUserArn === undefined || arn === reactionUserArn,
    );
    const found = REACTIONS.flatMap((reaction) => {
      const reactionUsers = given.flatMap(([arn, code]) => (code === reaction.shortCode ? [arn] : []));
      return reactionUsers.length > 0 ? [{ reaction, reactionUsers, reactionsFromDeletedUsersCount: 0 }] : [];
    });
    const page = pageByPlace(found, nextToken, size);
    return {
      reactionsForComment: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  };
