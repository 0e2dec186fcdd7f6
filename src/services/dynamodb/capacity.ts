import type { IndexRecord, TableRecord } from "./records.ts";

const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;

/** Units a read of so many bytes costs; an eventually consistent one costs half. */
export const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);

/** Units a write of so many bytes costs. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));

/** What an operation has used, in the detail that the caller asked for; nothing when it did not ask. */
export const capacityView = (
  asked: string | undefined,
  table: TableRecord,
  used: { readonly read?: number; readonly write?: number; readonly index?: IndexRecord | undefined },
) => {
  if (asked !== "TOTAL" && asked !== "INDEXES") return {};
  const units = (used.read ?? 0) + (used.write ?? 0);
  const onIndex = { CapacityUnits: units };
  const byIndex =
    used.index === undefined
      ? { Table: onIndex }
      : {
          Table: { CapacityUnits: 0 },
          [used.index.local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes"]: { [used.index.name]: onIndex },
        };
  return {
    ConsumedCapacity: { TableName: table.name, CapacityUnits: units, ...(asked === "INDEXES" ? byIndex : {}) },
  };
};
