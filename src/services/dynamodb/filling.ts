import { orderExpiry } from "./items/expiry.ts";
import { type StoredKey, storedKeyOf } from "./items/keys.ts";
import { fillEntry } from "./items/store.ts";
import type { StoredItem } from "./items/storedItem.ts";
import type { TableRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Items looked at in one turn, so that a large table holds nobody up. */
const SLICE = 500;

/**
 * Goes through what a table held when an index was added to it, or time to live was switched on: writes look after
 * themselves from then on. A small table is done at once, a large one beside everything else, and after a restart anew.
 */
export const keepFilling = (room: Room, table: TableRecord): void => {
  for (const { name, isFilling } of table.indexes) if (isFilling) fillIndex(room, table, name);
  if (table.isOrderingExpiries) orderExpiries(room, table);
};

/** The same of all tables, for a cloud that starts. */
export const resumeFilling = (room: Room): void => {
  for (const table of room.tables.list()) keepFilling(room, table);
};

const fillIndex = (room: Room, begun: TableRecord, name: string): void =>
  overItems(room, begun, `filling ${name} of ${begun.name}`, (table) => {
    const index = table.indexes.find((each) => each.name === name && each.isFilling);
    return (
      index && {
        look: (_key, item) => fillEntry(room, table, index, item),
        finish: () => {
          const { isFilling: _isFilling, ...filled } = index;
          room.tables.put({ ...table, indexes: table.indexes.map((each) => (each === index ? filled : each)) });
          // What came and went meanwhile was not counted right: whoever asks next counts anew.
          room.sizes.forget(table, index);
        },
      }
    );
  });

const orderExpiries = (room: Room, begun: TableRecord): void =>
  overItems(room, begun, `the expiries of ${begun.name}`, (table) =>
    table.isOrderingExpiries
      ? {
          look: (key, item) => orderExpiry(room.tables, table, key, item),
          finish: () => {
            const { isOrderingExpiries: _isOrdering, ...ordered } = table;
            room.tables.put(ordered);
          },
        }
      : undefined,
  );

interface Work {
  readonly look: (key: StoredKey, item: StoredItem) => void;
  readonly finish: () => void;
}

/** Looks at every item of a table for as long as it has that work to do. */
const overItems = (
  room: Room,
  { name, id }: TableRecord,
  what: string,
  workOn: (table: TableRecord) => Work | undefined,
): void => {
  let after: StoredKey | undefined;
  const slice = (): boolean => {
    const table = room.tables.get(name);
    const work = table?.id === id ? workOn(table) : undefined;
    if (!table || !work) return true;
    return room.sizes.atomically(() => {
      let seen = 0;
      for (const { key, value } of room.tables.items(table).range({ limit: SLICE, ...(after ? { gt: after } : {}) })) {
        after = storedKeyOf(key);
        work.look(after, value);
        seen += 1;
      }
      if (seen === SLICE) return false;
      work.finish();
      return true;
    });
  };
  if (!slice()) room.inSlices(what, slice);
};
