import { BackupNotFoundException } from "@aws-sdk/client-dynamodb";
import type { Collection } from "../../store/records.ts";
import type { BackupRecord } from "./backups.ts";
import { type StoredKey, storedKeyOf } from "./items/keys.ts";
import { readStored, removeStored, restoreStored } from "./items/store.ts";
import type { StoredItem } from "./items/storedItem.ts";
import type { TableRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { failUnfinished } from "./transfers/records.ts";

export const findBackup = ({ backups }: Pick<Room, "backups">, arn: string): BackupRecord => {
  const backup = backups.records.get(arn);
  if (!backup) throw new BackupNotFoundException({ message: `Backup not found: ${arn}`, $metadata: {} });
  return backup;
};

/** Items copied in one turn, so that a large table holds nobody up. */
const SLICE = 500;

/** Entries of a collection, slice after slice; whoever copies them lets others in between. */
async function* slicesOf(collection: Collection<StoredItem>) {
  let after: readonly Uint8Array[] | undefined;
  for (;;) {
    const slice = [...collection.range({ limit: SLICE, ...(after ? { gt: after } : {}) })].map(({ key, value }) => ({
      key: storedKeyOf(key),
      value,
    }));
    yield slice;
    after = slice.at(-1)?.key;
    if (slice.length < SLICE) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Copies a table's items into a backup. AWS: writes that happen meanwhile may be in it or not. */
export const fillBackup = async (room: Pick<Room, "tables" | "backups" | "records">, backup: BackupRecord) => {
  const target = room.backups.items(backup);
  let items = 0;
  let bytes = 0;
  for await (const slice of slicesOf(room.tables.items(backup.table))) {
    room.records.atomically(() => {
      for (const { key, value } of slice) target.put(key, value);
    });
    items += slice.length;
    bytes += slice.reduce((sum, { value }) => sum + value.bytes, 0);
  }
  const filled: BackupRecord = { ...backup, status: "AVAILABLE", items, bytes };
  room.backups.records.put(backup.arn, filled);
  return filled;
};

/** Makes a table of a backup's items. It is there once all of them are. */
export const restoreInto = async (room: Room, table: TableRecord, source: Collection<StoredItem>) => {
  await copyInto(room, table, source);
  room.records.atomically(() => publish(room, table));
};

const copyInto = async (room: Room, table: TableRecord, source: Collection<StoredItem>) => {
  room.backups.restoring.put(table.id, table);
  for await (const slice of slicesOf(source))
    room.sizes.atomically(() => {
      for (const { key, value } of slice) restoreStored(room, table, key, undefined, value);
    });
};

/** Makes a table that is full everybody's. */
export const publish = ({ backups, tables }: Room, table: TableRecord): void => {
  backups.restoring.delete(table.id);
  tables.put(table);
};

/**
 * Makes a table of another one's items as they were at a moment: copies them as they are, and takes back what was written
 * since. Writes that come meanwhile are taken back too; with the last of them the table is there.
 */
export const restoreAsOf = (room: Room, { table, ...past }: Past & { readonly table: TableRecord }) =>
  copyAsOf(room, { ...past, table }, () => publish(room, table));

interface Past {
  readonly source: TableRecord;
  readonly at: number;
}

/** Gives a table's items as they were at a moment, slice by slice, from a copy that is nobody's and does not last. */
export const withTableAsOf = async (
  room: Room,
  past: Past,
  use: (slices: AsyncIterable<readonly StoredItem[]>) => Promise<void>,
) => {
  const { stream: _stream, ttlAttribute: _ttl, ...rest } = past.source;
  const copy: TableRecord = { ...rest, name: "", id: room.ids.uuid(), indexes: [], pointInTimeRecovery: false };
  try {
    await copyAsOf(room, { ...past, table: copy }, () => {});
    await use(valuesOf(slicesOf(room.tables.items(copy))));
  } finally {
    room.records.atomically(() => abandon(room, copy));
  }
};

async function* valuesOf(slices: ReturnType<typeof slicesOf>) {
  for await (const slice of slices) yield slice.map(({ value }) => value);
}

const copyAsOf = async (
  room: Room,
  { source, at, table }: Past & { readonly table: TableRecord },
  done: () => void,
) => {
  await copyInto(room, table, room.tables.items(source));
  // Of several writes on an item the first one after the moment knows what it was then.
  const seen = room.backups.takenBack(table);
  let from: Parameters<Room["histories"]["after"]>[1] = { at };
  for (;;) {
    const slice = room.histories.after(source, from, SLICE);
    const isLast = slice.length < SLICE;
    room.sizes.atomically(() => {
      for (const { key, before } of slice) {
        if (seen.has(key)) continue;
        seen.put(key, 1);
        putBack(room, table, key, before);
      }
      if (!isLast) return;
      room.backups.forgetTakenBack(table);
      done();
    });
    const last = slice.at(-1);
    if (isLast || !last) return;
    from = { number: last.number };
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const putBack = (room: Room, table: TableRecord, key: StoredKey, before: StoredItem | undefined): void => {
  const copied = readStored(room.tables, table, key);
  if (before) restoreStored(room, table, key, copied, before);
  else if (copied) removeStored(room, table, key, copied);
};

/** Takes away what a process that ended left half done. */
export const removeUnfinished = (room: Room): void =>
  room.records.atomically(() => {
    for (const { value } of room.backups.records.range()) if (value.status === "CREATING") room.backups.remove(value);
    for (const { value } of room.backups.restoring.range()) abandon(room, value);
    failUnfinished(room.transfers, room.clock.now());
  });

/** Takes away a table that was being filled. */
export const abandon = ({ backups, tables, sizes }: Room, table: TableRecord): void => {
  sizes.forget(table);
  backups.forgetTakenBack(table);
  // Only what belongs to it: a table of its name may have been made since.
  tables.remove({ ...table, name: "" });
  backups.restoring.delete(table.id);
};
