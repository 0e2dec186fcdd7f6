import { DAY_MS } from "../../../kernel/clock.ts";
import { notPendingDeletion, validation } from "../errors.ts";
import { findChangeableKey, findKey } from "../find.ts";
import { DEFAULT_DELETION_DAYS, MAX_DELETION_DAYS, MIN_DELETION_DAYS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { stateOf } from "../views.ts";

export const scheduleKeyDeletion =
  (room: Room): Operation<"ScheduleKeyDeletion"> =>
  async (_ctx, input) => {
    const key = findChangeableKey(room, input.KeyId);
    const days = input.PendingWindowInDays ?? DEFAULT_DELETION_DAYS;
    if (days < MIN_DELETION_DAYS || days > MAX_DELETION_DAYS) {
      throw validation(`PendingWindowInDays must be between ${MIN_DELETION_DAYS} and ${MAX_DELETION_DAYS}`);
    }
    const pending = { ...key, enabled: false, deletionAt: room.clock.now() + days * DAY_MS };
    room.keys.put(key.id, pending);
    return {
      KeyId: key.arn,
      DeletionDate: new Date(pending.deletionAt),
      KeyState: stateOf(pending),
      PendingWindowInDays: days,
    };
  };

/** AWS: a key that is taken back is disabled. */
export const cancelKeyDeletion =
  (room: Room): Operation<"CancelKeyDeletion"> =>
  async (_ctx, input) => {
    const { deletionAt, ...key } = findKey(room, input.KeyId);
    if (deletionAt === undefined) throw notPendingDeletion(key.arn);
    room.keys.put(key.id, { ...key, enabled: false });
    return { KeyId: key.arn };
  };
