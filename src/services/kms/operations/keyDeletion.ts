import { DAY_MS } from "../../../kernel/clock.ts";
import { notPendingDeletion, validation } from "../errors.ts";
import { familyOf } from "../family.ts";
import { findChangeableKey, findKey } from "../find.ts";
import { DEFAULT_DELETION_DAYS, MAX_DELETION_DAYS, MIN_DELETION_DAYS } from "../limits.ts";
import type { KeyRecord } from "../records.ts";
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
    const pending: KeyRecord = { ...key, enabled: false, ...endOf(room, key, days) };
    room.keys.put(key.id, pending);
    return {
      KeyId: key.arn,
      ...(pending.deletionAt === undefined ? {} : { DeletionDate: new Date(pending.deletionAt) }),
      KeyState: stateOf(pending),
      PendingWindowInDays: days,
    };
  };

/** AWS: a primary key's days begin when the last of its replicas is gone. */
const endOf = (room: Room, key: KeyRecord, days: number) => {
  const { primary, replicas } = familyOf(room, key);
  if (primary === room.region && replicas.length > 0) return { outlivesReplicasDays: days };
  return { deletionAt: room.clock.now() + days * DAY_MS };
};

/** AWS: a key that is taken back is disabled. */
export const cancelKeyDeletion =
  (room: Room): Operation<"CancelKeyDeletion"> =>
  async (_ctx, input) => {
    const { deletionAt, outlivesReplicasDays, ...key } = findKey(room, input.KeyId);
    if (deletionAt === undefined && outlivesReplicasDays === undefined) throw notPendingDeletion(key.arn);
    room.keys.put(key.id, { ...key, enabled: false });
    return { KeyId: key.arn };
  };
