import { invalidParameter } from "../errors.ts";
import { findOwnSecret } from "../find.ts";
import { MAX_TAGS_PER_SECRET } from "../limits.ts";
import { tagRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const tagResource =
  (room: Pick<Room, "secrets" | "clock">): Operation<"TagResource"> =>
  async (_ctx, input) => {
    const secret = findOwnSecret(room, input.SecretId);
    const added = input.Tags.map(tagRecord);
    const kept = (secret.tags ?? []).filter(({ key }) => !added.some((tag) => tag.key === key));
    const tags = [...kept, ...added];
    if (tags.length > MAX_TAGS_PER_SECRET) throw invalidParameter("Too many tags.");
    room.secrets.put({ ...secret, tags });
    return {};
  };

export const untagResource =
  (room: Pick<Room, "secrets" | "clock">): Operation<"UntagResource"> =>
  async (_ctx, input) => {
    const secret = findOwnSecret(room, input.SecretId);
    const tags = secret.tags?.filter(({ key }) => !input.TagKeys.includes(key));
    if (tags) room.secrets.put({ ...secret, tags });
    return {};
  };
