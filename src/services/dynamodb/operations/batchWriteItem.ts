import { usagesView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { findTable } from "../find.ts";
import { keyText } from "../items/keys.ts";
import type { WriteRoom } from "../items/store.ts";
import { checkMetrics, deleteOf, type ItemWrite, putOf, runSingleWrite } from "../items/writes.ts";
import { MAX_BATCH_WRITES } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const batchWriteItem =
  (room: WriteRoom): Operation<"BatchWriteItem"> =>
  async (_ctx, input) => {
    const requests = Object.entries(input.RequestItems);
    const total = requests.reduce((sum, [, writes]) => sum + writes.length, 0);
    if (total === 0) throw validationError("The batch write request list for a table cannot be null or empty: null");
    if (total > MAX_BATCH_WRITES) throw validationError("Too many items requested for the BatchWriteItem call");
    const writes = requests.flatMap(([name, list]) => readWrites(room, name, list));
    checkDistinct(writes);
    for (const { table } of writes) checkMetrics(input.ReturnItemCollectionMetrics, table);
    const written = writes.map((write) => ({
      table: write.table,
      ...runSingleWrite(room, write, false),
    }));
    return { UnprocessedItems: {}, ...usagesView(input.ReturnConsumedCapacity, written) };
  };

type Requests = Parameters<ReturnType<typeof batchWriteItem>>[1]["RequestItems"][string];

const readWrites = (room: Pick<Room, "tables">, name: string, requests: Requests): readonly ItemWrite[] => {
  const table = findTable(room, name);
  return requests.map(({ PutRequest, DeleteRequest }) => {
    if (PutRequest && DeleteRequest) {
      throw validationError(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
      );
    }
    if (PutRequest) return putOf(table, readItem(PutRequest.Item), undefined);
    if (DeleteRequest) return deleteOf(table, readItem(DeleteRequest.Key), undefined);
    throw validationError("Supplied WriteRequest is empty, must contain exactly one of PutRequest or DeleteRequest");
  });
};

const checkDistinct = (writes: readonly ItemWrite[]): void => {
  const seen = new Set(writes.map(({ table, key }) => `${table.name} ${keyText(key)}`));
  if (seen.size < writes.length) throw validationError("Provided list of item keys contains duplicates");
};
