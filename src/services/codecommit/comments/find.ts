import { refusal } from "../errors.ts";
import type { Room } from "../room.ts";
import type { CommentRecord } from "./records.ts";

/** The comment of that id. Throws when there is none. */
export const findComment = ({ tables }: Pick<Room, "tables">, id: string): CommentRecord => {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw refusal("InvalidCommentId");
  const found = tables.comments.get(id);
  if (!found) throw refusal("CommentDoesNotExist");
  return found;
};

/** All comments on a subject's kind, in the order of time. */
export const commentsWhere = (
  { tables }: Pick<Room, "tables">,
  isMeant: (comment: CommentRecord) => boolean,
): readonly CommentRecord[] => [...tables.comments.values()].filter(isMeant).sort((a, b) => a.place - b.place);
