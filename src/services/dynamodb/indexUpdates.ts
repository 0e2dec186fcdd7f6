import type { GlobalSecondaryIndexUpdate } from "@aws-sdk/client-dynamodb";
import type { Validated } from "../../kernel/aws.ts";
import { invalidParameter, tableNotFound, validationError } from "./errors.ts";
import { keyAttributes } from "./items/keys.ts";
import type { WriteRoom } from "./items/store.ts";
import type { KeySchema } from "./keys/selectKey.ts";
import type { IndexRecord, TableRecord } from "./records.ts";
import { assertGlobalCount, assertNonKeyCount, readGlobalIndex, readOnDemand, readThroughput } from "./tableInput.ts";
import { readWarm } from "./warmThroughput.ts";

type IndexUpdate = Validated<GlobalSecondaryIndexUpdate>;

/** Throws for updates that fit no table. */
export const checkIndexUpdates = (updates: readonly IndexUpdate[]): void => {
  const names = new Set<string>();
  for (const { Create, Update, Delete } of updates) {
    if ([Create, Update, Delete].filter((action) => action !== undefined).length > 1)
      throw invalidParameter(
        "Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete may be specified",
      );
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

/**
 * A table's indexes as UpdateTable leaves them. An index that is added is to be filled, one that goes takes its entries along.
 * `given` are the attributes that the request itself defines.
 */
export const changedIndexes = (
  room: WriteRoom,
  table: TableRecord,
  updates: readonly IndexUpdate[],
  given: TableRecord["attributes"],
): readonly IndexRecord[] => {
  let indexes = table.indexes;
  for (const update of updates) indexes = changedBy(room, { ...table, indexes }, update, given);
  assertGlobalCount(indexes);
  assertNonKeyCount(indexes);
  return indexes;
};

const changedBy = (
  room: WriteRoom,
  table: TableRecord,
  { Create, Update, Delete }: IndexUpdate,
  given: TableRecord["attributes"],
): readonly IndexRecord[] => {
  if (Create) return [...table.indexes, created(table, Create, given)];
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

const created = (
  table: TableRecord,
  input: NonNullable<IndexUpdate["Create"]>,
  given: TableRecord["attributes"],
): IndexRecord => {
  if (table.indexes.some(({ name }) => name === input.IndexName))
    throw validationError(`Attempting to create an index which already exists: ${input.IndexName}`);
  // AWS: a request defines its index's keys anew, even those that the table knows.
  const index = readGlobalIndex(input, table.billingMode, given);
  checkSameTypes(table, index);
  return { ...index, isFilling: true };
};

/** Throws when a key of the new index has another type where it is a key already. */
const checkSameTypes = (table: TableRecord, index: IndexRecord): void => {
  const conflict = [table.key, ...table.indexes.map(({ key }) => key)].find((key) =>
    keyAttributes(key).some(({ name, type }) =>
      keyAttributes(index.key).some((each) => each.name === name && each.type !== type),
    ),
  );
  if (!conflict) return;
  throw invalidParameter(
    `Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: ${schemaText(conflict)} New schema: ${schemaText(index.key)}`,
  );
};

const schemaText = (key: KeySchema): string => {
  const hashes = 1 + (key.furtherPartition?.length ?? 0);
  const elements = keyAttributes(key).map(
    ({ name, type }, position) => `key{${name}:${type}:${position < hashes ? "HASH" : "RANGE"}}`,
  );
  return `Schema:[SchemaElement: ${elements.join(", ")}]`;
};

const updated = (table: TableRecord, index: IndexRecord, input: NonNullable<IndexUpdate["Update"]>): IndexRecord => {
  const { billingMode } = table;
  const throughput = input.ProvisionedThroughput
    ? readThroughput(billingMode, input.ProvisionedThroughput)
    : index.throughput;
  return {
    ...index,
    throughput,
    ...(input.OnDemandThroughput ? { onDemandThroughput: readOnDemand(input.OnDemandThroughput) } : {}),
    ...(input.WarmThroughput
      ? { warmThroughput: readWarm(input.WarmThroughput, { billingMode, throughput }, index.name) }
      : {}),
  };
};

const findGlobal = (table: TableRecord, name: string): IndexRecord => {
  const index = table.indexes.find((each) => each.name === name && !each.local);
  if (!index) throw tableNotFound();
  return index;
};
