import { expiredKeys } from "./items/expiry.ts";
import { readStored, removeStored } from "./items/store.ts";
import type { TableRecord } from "./records.ts";
import { earliestRestorable } from "./recovery.ts";
import type { Room } from "./room.ts";

/** How often expired items and old stream records are looked for. AWS: within a few days; here, within a minute. */
export const SWEEP_MS = 60_000;
/** Items deleted in one turn. */
const SWEEP_SLICE = 100;

/**
 * Begins to sweep, once there is anything that time can end: items of a table with time to live, records of a stream,
 * writes kept for recovery.
 * The wait is on the cloud's clock and belongs to no task, so that a cloud whose rooms wait is idle.
 */
export const keepSweeping = (room: Room): void => {
  if (room.sweeping.armed || room.closing.signal.aborted || !hasWork(room)) return;
  room.sweeping.armed = true;
  const sweepLater = () => {
    room.sweeping.armed = false;
    room.tasks.spawn("the expiry of items", async (signal) => {
      while (!signal.aborted && !room.closing.signal.aborted && sweepSome(room))
        await new Promise((resolve) => setImmediate(resolve));
      keepSweeping(room);
    });
  };
  // Only the room's end cuts the wait short, and then there is nothing to do.
  room.clock.sleep(SWEEP_MS, room.closing.signal).then(sweepLater, () => {});
};

const hasWork = ({ tables, changes }: Room): boolean => {
  if (!changes.isEmpty()) return true;
  for (const table of tables.list()) if (table.ttlAttribute !== undefined || table.pointInTimeRecovery) return true;
  return false;
};

/** Deletes some of what is due; true when more is left. */
const sweepSome = (room: Room): boolean => {
  let left = room.changes.trim(room.clock.now());
  for (const table of room.tables.list()) {
    if (table.ttlAttribute !== undefined) left = expireSome(room, table) || left;
    if (table.pointInTimeRecovery) {
      const now = room.clock.now();
      left = room.records.atomically(() => room.histories.trim(table, earliestRestorable(table, now))) || left;
    }
  }
  return left;
};

const expireSome = (room: Room, table: TableRecord): boolean => {
  const keys = expiredKeys(room.tables, table, room.clock.now(), SWEEP_SLICE);
  for (const key of keys) {
    const item = readStored(room.tables, table, key);
    if (item) room.sizes.atomically(() => removeStored(room, table, key, item, "expiry"));
  }
  return keys.length === SWEEP_SLICE;
};
