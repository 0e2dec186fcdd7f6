import type { Collection, Records } from "../../../store/records.ts";
import type { IndexRecord, TableRecord, Tables } from "../records.ts";
import { type StoredKey, storedKeyOf } from "./keys.ts";
import type { StoredItem } from "./storedItem.ts";

/** How many items a table or an index holds, and their bytes. */
export interface Size {
  readonly items: number;
  readonly bytes: number;
}

/**
 * The sizes of tables and indexes, counted in memory as they change: writes pay nothing for them.
 *
 * They are saved when the room closes. After a crash they are counted anew, a slice in each turn, and DescribeTable says
 * what is known meanwhile. AWS: its own are about six hours old.
 */
export interface TableSizes {
  of(table: TableRecord, index?: IndexRecord): Size;
  /** Notes that an entry is about to come, go or change: before it does, since a count may begin here. */
  changed(place: Place, key: StoredKey, before: StoredItem | undefined, after: StoredItem | undefined): void;
  /** Runs writes that are taken back, with what they counted, when they throw. */
  atomically<R>(work: () => R): R;
  /** Forgets a table with all its indexes, or one index. */
  forget(table: TableRecord, index?: IndexRecord): void;
  save(): void;
}

/** A table, or one of its indexes. */
export interface Place {
  readonly table: TableRecord;
  readonly index?: IndexRecord;
}

interface Counter {
  readonly id: string;
  items: number;
  bytes: number;
  saved: boolean;
  recount: Recount | undefined;
}

/** A count under way. What comes after the last key it has seen will be counted when it gets there. */
interface Recount {
  items: number;
  bytes: number;
  upTo: StoredKey | undefined;
}

interface SavedSize extends Size {
  /** False from the first change until the next save: a crash in between leaves the figures behind the truth. */
  readonly exact: boolean;
}

export interface TableSizesParts {
  readonly records: Records;
  readonly tables: Tables;
  /** Runs work in slices, beside everything else, until it says that it is done. */
  readonly inSlices: (name: string, slice: () => boolean) => void;
}

/** Entries counted in one turn. */
const SLICE = 1000;

export const openTableSizes = ({ records, tables, inSlices }: TableSizesParts): TableSizes => {
  const saved = records.collection<SavedSize>("sizes");
  const counters = new Map<string, Counter>();
  let undo: (() => void)[] | undefined;

  const counterOf = ({ table, index }: Place): Counter => {
    const id = index ? `${table.id}.${index.name}` : table.id;
    const known = counters.get(id);
    if (known) return known;
    const { items, bytes, exact } = saved.get(id) ?? { items: 0, bytes: 0, exact: false };
    const counter: Counter = { id, items, bytes, saved: exact, recount: undefined };
    counters.set(id, counter);
    const collection = index ? tables.indexItems(table, index) : tables.items(table);
    if (!exact) recount(counter, collection, inSlices);
    return counter;
  };
  const add = (counter: Counter, key: StoredKey, items: number, bytes: number) => {
    const { recount: under } = counter;
    if (under && (!under.upTo || isAfter(key, under.upTo))) return;
    const figures = under ?? counter;
    figures.items += items;
    figures.bytes += bytes;
  };
  return {
    of: (table, index) => {
      const { items, bytes } = counterOf(index ? { table, index } : { table });
      return { items, bytes };
    },
    changed: (place, key, before, after) => {
      const counter = counterOf(place);
      if (counter.saved) {
        counter.saved = false;
        saved.put(counter.id, { items: counter.items, bytes: counter.bytes, exact: false });
        undo?.push(() => {
          counter.saved = true;
        });
      }
      const items = (after ? 1 : 0) - (before ? 1 : 0);
      const bytes = (after?.bytes ?? 0) - (before?.bytes ?? 0);
      add(counter, key, items, bytes);
      undo?.push(() => add(counter, key, -items, -bytes));
    },
    atomically: (work) => {
      undo = [];
      try {
        return records.atomically(work);
      } catch (error) {
        for (const step of undo) step();
        throw error;
      } finally {
        undo = undefined;
      }
    },
    forget: (table, index) => {
      const gone = index ? [index] : table.indexes;
      for (const id of [...(index ? [] : [table.id]), ...gone.map(({ name }) => `${table.id}.${name}`)]) {
        counters.delete(id);
        saved.delete(id);
      }
    },
    save: () => {
      for (const counter of counters.values()) {
        if (counter.saved || counter.recount) continue;
        saved.put(counter.id, { items: counter.items, bytes: counter.bytes, exact: true });
        counter.saved = true;
      }
    },
  };
};

/** Counts a collection from the beginning; a small one is done at once. */
const recount = (counter: Counter, collection: Collection<StoredItem>, inSlices: TableSizesParts["inSlices"]): void => {
  const under: Recount = { items: 0, bytes: 0, upTo: undefined };
  counter.recount = under;
  const slice = (): boolean => {
    let seen = 0;
    for (const { key, value } of collection.range({ limit: SLICE, ...(under.upTo ? { gt: under.upTo } : {}) })) {
      seen += 1;
      under.items += 1;
      under.bytes += value.bytes;
      under.upTo = storedKeyOf(key);
    }
    if (seen === SLICE) return false;
    counter.items = under.items;
    counter.bytes = under.bytes;
    counter.recount = undefined;
    return true;
  };
  if (!slice()) inSlices(`counting ${counter.id}`, slice);
};

const isAfter = (key: StoredKey, other: StoredKey): boolean => {
  for (const [position, part] of key.entries()) {
    const order = Buffer.compare(part, other[position] ?? NOTHING);
    if (order !== 0) return order > 0;
  }
  return false;
};

const NOTHING = new Uint8Array();
