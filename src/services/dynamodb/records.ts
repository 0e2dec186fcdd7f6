import type { Codec, Collection, Records } from "../../store/records.ts";
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
  readonly ttlAttribute?: string;
  readonly pointInTimeRecovery: boolean;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly resourcePolicy?: { readonly document: string; readonly revisionId: string };
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
  readonly throughput: Throughput;
}

export type ProjectionRecord =
  | { readonly type: "ALL" | "KEYS_ONLY" }
  | { readonly type: "INCLUDE"; readonly attributes: readonly string[] };

export interface StreamRecord {
  readonly viewType: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  readonly label: string;
  readonly arn: string;
}

/** Items are kept as their canonical wire JSON, so that an answer can carry what is stored. */
const itemText: Codec<string> = {
  encode: (text) => text,
  decode: (stored) => (typeof stored === "string" ? stored : Buffer.from(stored).toString("utf8")),
};

/** The tables of one account and region, by name. */
export interface Tables {
  get(name: string): TableRecord | undefined;
  put(table: TableRecord): void;
  /** Removes the table, its items and its indexes, in bounded time. */
  remove(table: TableRecord): void;
  /** In order of name, from the one after `after`. */
  list(after?: string): Iterable<TableRecord>;
  items(table: TableRecord): Collection<string>;
  indexItems(table: TableRecord, index: IndexRecord): Collection<string>;
  dropIndex(table: TableRecord, index: IndexRecord): void;
}

export const openTables = (records: Records): Tables => {
  const byName = records.collection<TableRecord>("tables");
  const itemsName = ({ id }: TableRecord) => `items.${id}`;
  const indexName = ({ id }: TableRecord, { name }: IndexRecord) => `index.${id}.${name}`;
  return {
    get: (name) => byName.get(name),
    put: (table) => byName.put(table.name, table),
    remove: (table) => {
      byName.delete(table.name);
      for (const index of table.indexes) records.drop(indexName(table, index));
      records.drop(itemsName(table));
    },
    *list(after) {
      for (const { value } of byName.range(after === undefined ? {} : { gt: after })) yield value;
    },
    items: (table) => records.collection(itemsName(table), itemText),
    indexItems: (table, index) => records.collection(indexName(table, index), itemText),
    dropIndex: (table, index) => records.drop(indexName(table, index)),
  };
};
