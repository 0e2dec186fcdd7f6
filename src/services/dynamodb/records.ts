import type { Collection, Records } from "../../store/records.ts";
import { type StoredItem, storedItem } from "./items/storedItem.ts";
import type { KeySchema } from "./keys/selectKey.ts";

/** A table. Its items and indexes lie in collections of their own, named by its id. */
export interface TableRecord {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly key: KeySchema;
  readonly attributes: Readonly<Record<string, "S" | "N" | "B">>;
  readonly billingMode: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly throughput: Throughput;
  readonly onDemandThroughput?: OnDemandThroughput;
  readonly indexes: readonly IndexRecord[];
  readonly stream?: StreamRecord;
  readonly encryption?: { readonly kmsKeyArn: string; readonly type: "KMS" };
  readonly tableClass?: string;
  readonly deletionProtection: boolean;
  readonly billingModeChangedAt?: number;
  readonly ttlAttribute?: string;
  /** Until the items that were there before time to live are in order of their expiry. */
  readonly isOrderingExpiries?: true;
  readonly pointInTimeRecovery: boolean;
  /** Since when the table's writes are kept, so that it can be taken back. */
  readonly recoverableSince?: number;
  readonly recoveryPeriodDays?: number;
  readonly warmThroughput?: Throughput;
  readonly restoredFrom?: RestoreRecord;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Whether what it uses is held against its throughput: whether a tag asks for it. */
  readonly isThrottled?: true;
  readonly resourcePolicy?: ResourcePolicyRecord;
}

/** A policy as it was given, and which one of those it was. */
export interface ResourcePolicyRecord {
  readonly document: string;
  readonly revisionId: string;
}

/** What a table was made of, and as of when. */
export interface RestoreRecord {
  readonly backupArn?: string;
  readonly tableArn: string;
  readonly at: number;
}

/** Units a second; zero when the table is on demand. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
}

export interface OnDemandThroughput {
  readonly maxRead?: number;
  readonly maxWrite?: number;
}

/** A secondary index. A local one shares the table's partition key. */
export interface IndexRecord {
  readonly name: string;
  readonly local: boolean;
  readonly key: KeySchema;
  readonly projection: ProjectionRecord;
  /** Until the items that were there before it are in it. */
  readonly isFilling?: true;
  readonly throughput: Throughput;
  readonly onDemandThroughput?: OnDemandThroughput;
  readonly warmThroughput?: Throughput;
}

export type ProjectionRecord =
  | { readonly type: "ALL" | "KEYS_ONLY" }
  | { readonly type: "INCLUDE"; readonly attributes: readonly string[] };

export interface StreamRecord {
  readonly viewType: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  readonly label: string;
  readonly arn: string;
}

/** The tables of one account and region, by name. */
export interface Tables {
  get(name: string): TableRecord | undefined;
  put(table: TableRecord): void;
  /** Removes the table, its items and its indexes, in bounded time. */
  remove(table: TableRecord): void;
  /** In order of name, from the one after `after`. */
  list(after?: string): Iterable<TableRecord>;
  items(table: TableRecord): Collection<StoredItem>;
  indexItems(table: TableRecord, index: IndexRecord): Collection<StoredItem>;
  /** Which items expire when: their keys behind the second of their expiry. Kept for tables that have time to live. */
  expiries(table: TableRecord): Collection<1>;
  dropIndex(table: TableRecord, index: IndexRecord): void;
  dropExpiries(table: TableRecord): void;
}

/** Descriptions of tables kept parsed; an account has 2,500 by default. */
const MAX_KNOWN_TABLES = 5000;

export const openTables = (records: Records): Tables => {
  const byName = records.collection<TableRecord>("tables");
  // Every request looks its table up, so what was read is kept until it is written again.
  const known = new Map<string, TableRecord>();
  const opened = new Map<string, Collection<StoredItem>>();
  const open = (name: string) => {
    const collection = opened.get(name) ?? records.collection(name, storedItem, { cached: true });
    opened.set(name, collection);
    return collection;
  };
  const drop = (name: string) => {
    opened.delete(name);
    records.drop(name);
  };
  const itemsName = ({ id }: TableRecord) => `items.${id}`;
  const expiriesName = ({ id }: TableRecord) => `expiries.${id}`;
  const indexName = ({ id }: TableRecord, { name }: IndexRecord) => `index.${id}.${name}`;
  return {
    get: (name) => {
      const before = known.get(name);
      if (before) return before;
      const table = byName.get(name);
      if (known.size >= MAX_KNOWN_TABLES) known.clear();
      if (table) known.set(name, table);
      return table;
    },
    put: (table) => {
      // Forgotten rather than kept: the write may yet be taken back.
      known.delete(table.name);
      byName.put(table.name, table);
    },
    remove: (table) => {
      known.delete(table.name);
      byName.delete(table.name);
      for (const index of table.indexes) drop(indexName(table, index));
      drop(itemsName(table));
      records.drop(expiriesName(table));
    },
    *list(after) {
      for (const { value } of byName.range(after === undefined ? {} : { gt: after })) yield value;
    },
    items: (table) => open(itemsName(table)),
    indexItems: (table, index) => open(indexName(table, index)),
    expiries: (table) => records.collection<1>(expiriesName(table)),
    dropIndex: (table, index) => drop(indexName(table, index)),
    dropExpiries: (table) => records.drop(expiriesName(table)),
  };
};
