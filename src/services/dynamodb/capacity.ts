import type { TableRecord } from "./records.ts";

const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;

/** Units a read of so many bytes costs; an eventually consistent one costs half. */
export const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);

/** Units a write of so many bytes costs. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));

/** AWS: what is read or written in a transaction costs twice as much. */
export const TRANSACTION_FACTOR = 2;

/** What was used of a table and of its indexes. */
export interface Usage {
  readonly table: number;
  readonly indexes?: ReadonlyMap<string, number>;
}

/** How the total is broken down in the answers of transactions. */
export type UsageKind = "ReadCapacityUnits" | "WriteCapacityUnits";

interface UsageAsked {
  /** `ReturnConsumedCapacity`. */
  readonly detail: string | undefined;
  /** AWS: what the caller named is told, be it the table's name or its ARN. */
  readonly name: string;
  readonly kind?: UsageKind | undefined;
}

/** What an operation has used, in the detail that the caller asked for; undefined when it did not ask. */
const usageView = ({ detail: asked, name: TableName, kind }: UsageAsked, table: TableRecord, usage: Usage) => {
  if (asked !== "TOTAL" && asked !== "INDEXES") return undefined;
  const indexes = [...(usage.indexes ?? [])];
  const units = indexes.reduce((sum, [, each]) => sum + each, usage.table);
  const detail = (CapacityUnits: number) => ({ CapacityUnits, ...(kind ? { [kind]: CapacityUnits } : {}) });
  const of = (local: boolean) => {
    const named = indexes.filter(([name]) =>
      table.indexes.some((index) => index.name === name && index.local === local),
    );
    return named.length > 0 && Object.fromEntries(named.map(([name, each]) => [name, detail(each)]));
  };
  if (asked === "TOTAL") return { TableName, ...detail(units) };
  const [local, global] = [of(true), of(false)];
  return {
    TableName,
    ...detail(units),
    Table: detail(usage.table),
    ...(local ? { LocalSecondaryIndexes: local } : {}),
    ...(global ? { GlobalSecondaryIndexes: global } : {}),
  };
};

/** The same as the member of an answer. */
export const capacityView = (detail: string | undefined, table: TableRecord, usage: Usage, name = table.name) => {
  const ConsumedCapacity = usageView({ detail, name }, table, usage);
  return ConsumedCapacity ? { ConsumedCapacity } : NO_CAPACITY;
};

/** The answer of nearly every call: nobody asked. */
export const NO_CAPACITY: { readonly ConsumedCapacity?: never } = {};

/** The usage of several reads or writes of one table. */
export const totalUsage = (usages: readonly Usage[], factor = 1): Usage => {
  const indexes = new Map<string, number>();
  let table = 0;
  for (const usage of usages) {
    table += usage.table * factor;
    for (const [name, units] of usage.indexes ?? []) indexes.set(name, (indexes.get(name) ?? 0) + units * factor);
  }
  return { table, indexes };
};

/** What an operation on several tables has used, one entry a table. */
export const usagesView = (
  asked: string | undefined,
  used: readonly { readonly table: TableRecord; readonly usage: Usage; readonly name?: string }[],
  kind?: UsageKind,
) => {
  if (asked !== "TOTAL" && asked !== "INDEXES") return {};
  const tables = [...new Set(used.map(({ table }) => table))];
  const ConsumedCapacity = tables.flatMap((table) => {
    const own = used.filter((each) => each.table === table);
    const usage = totalUsage(
      own.map((each) => each.usage),
      kind ? TRANSACTION_FACTOR : 1,
    );
    return usageView({ detail: asked, name: own[0]?.name ?? table.name, kind }, table, usage) ?? [];
  });
  return { ConsumedCapacity };
};
