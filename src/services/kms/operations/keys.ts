import { findChangeableKey, findKey, keysOf } from "../find.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { KeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { keyView } from "../views.ts";

export const describeKey =
  (room: Room): Operation<"DescribeKey"> =>
  async (_ctx, input) => ({ KeyMetadata: keyView(room, findKey(room, input.KeyId)) });

export const listKeys =
  (room: Room): Operation<"ListKeys"> =>
  async (_ctx, input) => {
    const { items, ...next } = page(keysOf(room), input.Marker, input.Limit ?? DEFAULT_PAGE_SIZE);
    return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...next };
  };

const change = (room: Room, id: string, changes: Partial<KeyRecord>): void => {
  const key = findChangeableKey(room, id);
  room.keys.put(key.id, { ...key, ...changes });
};

export const enableKey =
  (room: Room): Operation<"EnableKey"> =>
  async (_ctx, input) => {
    change(room, input.KeyId, { enabled: true });
    return {};
  };

export const disableKey =
  (room: Room): Operation<"DisableKey"> =>
  async (_ctx, input) => {
    change(room, input.KeyId, { enabled: false });
    return {};
  };

export const updateKeyDescription =
  (room: Room): Operation<"UpdateKeyDescription"> =>
  async (_ctx, input) => {
    change(room, input.KeyId, { description: input.Description });
    return {};
  };
