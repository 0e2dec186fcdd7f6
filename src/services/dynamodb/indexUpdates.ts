import type { GlobalSecondaryIndexUpdate } from "@aws-sdk/client-dynamodb";
import type { Validated } from "../../kernel/aws.ts";
import { invalidParameter, tableNotFound, validationError } from "./errors.ts";
import type { WriteRoom } from "./items/store.ts";
import type { IndexRecord, TableRecord } from "./records.ts";
import {
  assertGlobalCount,
  assertNonKeyCount,
  readGlobalIndex,
  readOnDemand,
  readThroughput,
  readWarm,
} from "./tableInput.ts";

type IndexUpdate = Validated<GlobalSecondaryIndexUpdate>;

/** Throws for updates that fit no table. */
export const checkIndexUpdates = (updates: readonly IndexUpdate[]): void => {
  const names = new Set<string>();
  for (const { Create, Update, Delete } of updates) {
    const name = (Update ?? Create ?? Delete)?.IndexName;
    if (name === undefined)
      throw invalidParameter(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
      );
    if (names.has(name))
      throw invalidParameter(
        `Only one global secondary index update per index is allowed simultaneously. Index: ${name}`,
      );
    names.add(name);
  }
};

/** A table's indexes as UpdateTable leaves them. An index that is added is to be filled, one that goes takes its entries along. */
export const changedIndexes = (
  room: WriteRoom,
  table: TableRecord,
  updates: readonly IndexUpdate[],
): readonly IndexRecord[] => {
  let indexes = table.indexes;
  for (const update of updates) indexes = changedBy(room, { ...table, indexes }, update);
  assertGlobalCount(indexes);
  assertNonKeyCount(indexes);
  return indexes;
};

const changedBy = (
  room: WriteRoom,
  table: TableRecord,
  { Create, Update, Delete }: IndexUpdate,
): readonly IndexRecord[] => {
  if (Create) return [...table.indexes, created(table, Create)];
  if (Update) {
    const before = findGlobal(table, Update.IndexName);
    return table.indexes.map((index) => (index === before ? updated(table, index, Update) : index));
  }
  if (!Delete) return table.indexes;
  const gone = findGlobal(table, Delete.IndexName);
  room.sizes.forget(table, gone);
  room.tables.dropIndex(table, gone);
  return table.indexes.filter((index) => index !== gone);
};

const created = (table: TableRecord, input: NonNullable<IndexUpdate["Create"]>): IndexRecord => {
  if (table.indexes.some(({ name }) => name === input.IndexName))
    throw validationError(`Attempting to create an index which already exists: ${input.IndexName}`);
  return { ...readGlobalIndex(input, table.billingMode, table.attributes), isFilling: true };
};

const updated = (table: TableRecord, index: IndexRecord, input: NonNullable<IndexUpdate["Update"]>): IndexRecord => ({
  ...index,
  ...(input.ProvisionedThroughput
    ? { throughput: readThroughput(table.billingMode, input.ProvisionedThroughput) }
    : {}),
  ...(input.OnDemandThroughput ? { onDemandThroughput: readOnDemand(input.OnDemandThroughput) } : {}),
  ...(input.WarmThroughput ? { warmThroughput: readWarm(input.WarmThroughput) } : {}),
});

const findGlobal = (table: TableRecord, name: string): IndexRecord => {
  const index = table.indexes.find((each) => each.name === name && !each.local);
  if (!index) throw tableNotFound();
  return index;
};
