import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidParameter, validationError } from "../errors.ts";
import { findNamedTable } from "../find.ts";
import { backfillIndex } from "../items/store.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { readAttributes, readGlobalIndex } from "../tableInput.ts";
import { tableView } from "../views.ts";
import { newStream } from "./createTable.ts";

export const updateTable =
  (room: Pick<Room, "tables" | "records" | "clock">): Operation<"UpdateTable"> =>
  async (_ctx, input) => {
    if (input.ReplicaUpdates) throw new NotImplemented("dynamodb:UpdateTable ReplicaUpdates (global tables)");
    const table = findNamedTable(room, input.TableName);
    const changed = withStream(withSettings(table, input), input.StreamSpecification, room.clock.now());
    const attributes = input.AttributeDefinitions
      ? { ...table.attributes, ...readAttributes(input.AttributeDefinitions) }
      : table.attributes;
    room.records.atomically(() => {
      const indexes = changedIndexes(room, { ...changed, attributes }, input.GlobalSecondaryIndexUpdates ?? []);
      room.tables.put({ ...changed, attributes: usedAttributes(attributes, changed.key, indexes), indexes });
    });
    return { TableDescription: tableView(findNamedTable(room, input.TableName), "UPDATING", { items: 0, bytes: 0 }) };
  };

type Input = Parameters<ReturnType<typeof updateTable>>[1];

const withSettings = (table: TableRecord, input: Input): TableRecord => {
  const billingMode = input.BillingMode ?? table.billingMode;
  const given = input.ProvisionedThroughput;
  if (billingMode === "PAY_PER_REQUEST" && given) {
    throw invalidParameter(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  }
  const throughput = given ? { read: given.ReadCapacityUnits, write: given.WriteCapacityUnits } : table.throughput;
  return {
    ...table,
    billingMode,
    throughput: billingMode === "PAY_PER_REQUEST" ? { read: 0, write: 0 } : throughput,
    deletionProtection: input.DeletionProtectionEnabled ?? table.deletionProtection,
    ...(input.TableClass ? { tableClass: input.TableClass } : {}),
  };
};

const withStream = (table: TableRecord, specification: Input["StreamSpecification"], now: number): TableRecord => {
  if (!specification) return table;
  if (specification.StreamEnabled && table.stream)
    throw validationError("Table already has an enabled stream: TableName: ".concat(table.name));
  const { stream: _stream, ...rest } = table;
  return specification.StreamEnabled
    ? { ...rest, stream: newStream(table.arn, now, specification.StreamViewType) }
    : rest;
};

type IndexUpdate = NonNullable<Input["GlobalSecondaryIndexUpdates"]>[number];

const changedIndexes = (
  room: Pick<Room, "tables">,
  table: TableRecord,
  updates: readonly IndexUpdate[],
): readonly IndexRecord[] => {
  let indexes = table.indexes;
  for (const { Create, Update, Delete } of updates) {
    if (Create) {
      if (indexes.some(({ name }) => name === Create.IndexName)) {
        throw validationError(`Attempting to create an index which already exists: ${Create.IndexName}`);
      }
      const index = readGlobalIndex(Create, table.billingMode, table.attributes);
      backfillIndex(room.tables, table, index);
      indexes = [...indexes, index];
    }
    if (Update) {
      const { ReadCapacityUnits: read = 0, WriteCapacityUnits: write = 0 } = Update.ProvisionedThroughput ?? {};
      indexes = indexes.map((index) =>
        index.name === Update.IndexName ? { ...index, throughput: { read, write } } : index,
      );
    }
    if (Delete) {
      const gone = indexes.find(({ name }) => name === Delete.IndexName);
      if (!gone) throw validationError(`Requested resource not found: Index: ${Delete.IndexName} not found`);
      room.tables.dropIndex(table, gone);
      indexes = indexes.filter((index) => index !== gone);
    }
  }
  return indexes;
};

/** AWS keeps definitions only of attributes that are keys of something. */
const usedAttributes = (
  attributes: TableRecord["attributes"],
  key: TableRecord["key"],
  indexes: readonly IndexRecord[],
) => {
  const used = new Set(
    [key, ...indexes.map((index) => index.key)].flatMap(({ partition, sort }) => [partition.name, sort?.name]),
  );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => used.has(name)));
};
