import { entryAt } from "../../../engines/git/tree.ts";
import type { Context } from "../../../kernel/context.ts";
import { actorOf } from "../actor.ts";
import { refusal } from "../errors.ts";
import { filePathOf } from "../git/paths.ts";
import { commitAt, isCommitId } from "../git/specifiers.ts";
import { MAX_COMMENT } from "../limits.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { CommentRecord, Location, Subject } from "./records.ts";
import { tellComment } from "./tell.ts";

interface Posted {
  readonly content: string;
  readonly inReplyTo?: string;
  readonly token: string | undefined;
}

/** Keeps a comment and tells of it. The same token gives the same comment again. */
export const post = (
  ctx: Context,
  room: Room,
  subject: Subject,
  { content, inReplyTo, token }: Posted,
): CommentRecord => {
  checkContent(content);
  const repeated = token === undefined ? undefined : postedBy(room, token);
  if (repeated) {
    if (repeated.content !== content || repeated.inReplyTo !== inReplyTo) throw refusal("IdempotencyParameterMismatch");
    return repeated;
  }
  const now = room.clock.now();
  const author = actorOf(ctx.principal, ctx.partition);
  const place = (room.tables.counters.get("comments") ?? 0) + 1;
  room.tables.counters.put("comments", place);
  const comment: CommentRecord = {
    id: room.ids.uuid(),
    ...{ place, subject, content, author },
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(token === undefined ? {} : { token }),
    createdAt: now,
    changedAt: now,
    isDeleted: false,
    reactions: {},
  };
  room.tables.comments.put(comment.id, comment);
  if (token !== undefined) room.tables.commentTokens.put(token, comment.id);
  tellComment(room, comment, "Created", author);
  return comment;
};

const postedBy = ({ tables }: Room, token: string): CommentRecord | undefined => {
  const id = tables.commentTokens.get(token);
  return id === undefined ? undefined : tables.comments.get(id);
};

export const checkContent = (content: string): void => {
  if (content === "") throw refusal("CommentContentRequired");
  if (content.length > MAX_COMMENT) throw refusal("CommentContentSizeLimitExceeded");
};

interface Place {
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId: string;
  readonly location?: { readonly [K in keyof Location]?: Location[K] | undefined } | undefined;
}

/** What a comment is about. Throws for commits and files that are not there. */
export const subjectOf = async (room: Room, repository: RepositoryRecord, place: Place): Promise<Subject> => {
  const { beforeCommitId: before, afterCommitId: after, location } = place;
  if (before === after) throw refusal("BeforeCommitIdAndAfterCommitIdAreSame");
  for (const id of before === undefined ? [after] : [before, after]) {
    if (!isCommitId(id)) throw refusal("InvalidCommitId");
    if ((await commitAt(room, repository, id)) === undefined) throw refusal("CommitDoesNotExist");
  }
  const subject = { repositoryId: repository.id, ...(before === undefined ? {} : { before }), after };
  if (!location) return subject;
  if (location.filePath === undefined) throw refusal("PathRequired");
  const { filePosition, relativeFileVersion = "AFTER" } = location;
  if (filePosition !== undefined && filePosition < 1) throw refusal("InvalidFilePosition");
  const filePath = filePathOf(location.filePath);
  const blobAt = async (commit: string) => (await entryAt(room, placeOf(room, repository), commit, filePath))?.id;
  const [beforeBlob, afterBlob] = [before === undefined ? undefined : await blobAt(before), await blobAt(after)];
  if ((relativeFileVersion === "BEFORE" ? beforeBlob : afterBlob) === undefined) throw refusal("PathDoesNotExist");
  return {
    ...subject,
    location: { filePath, ...(filePosition === undefined ? {} : { filePosition }), relativeFileVersion },
    ...(beforeBlob === undefined ? {} : { beforeBlob }),
    ...(afterBlob === undefined ? {} : { afterBlob }),
  };
};
