import { isThrottling } from "../budgets.ts";
import { type Usage, usagesView } from "../capacity.ts";
import { noRequestItems, validationError } from "../errors.ts";
import { findTable } from "../find.ts";
import { collectionsMetrics } from "../items/collections.ts";
import { checkIndexPlaces, checkKeyPiece, keyAttributes, keyText } from "../items/keys.ts";
import type { WriteRoom } from "../items/store.ts";
import { checkItemSize } from "../items/storedItem.ts";
import { deleteOf, type ItemWrite, putOf, runSingleWrite } from "../items/writes.ts";
import { MAX_BATCH_WRITES } from "../limits.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import type { Item } from "../values/attributeValue.ts";
import { readItem } from "../values/readValue.ts";

export const batchWriteItem =
  (room: WriteRoom): Operation<"BatchWriteItem"> =>
  async (_ctx, input) => {
    const requests = Object.entries(input.RequestItems);
    if (requests.length === 0) throw noRequestItems("BatchWriteItem");
    const total = requests.reduce((sum, [, writes]) => sum + writes.length, 0);
    if (total === 0) throw validationError("The batch write request list for a table cannot be null or empty: null");
    if (total > MAX_BATCH_WRITES) throw validationError("Too many items requested for the BatchWriteItem call");
    const read = requests.map(([name, list]) => ({ name, list, changes: list.map(readChange) }));
    const asked = read.flatMap(({ name, list, changes }) =>
      writesOf(room, name, changes).map((write, at) => ({ name, request: list[at] ?? {}, write })),
    );
    const writes = asked.map(({ write }) => write);
    checkDistinct(writes);
    const { written, left } = runWrites(room, asked);
    return {
      UnprocessedItems: Object.fromEntries(
        [...new Set(left.map(({ name }) => name))].map((table) => [
          table,
          left.flatMap(({ name, request }) => (name === table ? [request] : [])),
        ]),
      ),
      ...collectionsMetrics(room, input.ReturnItemCollectionMetrics, writes),
      ...usagesView(input.ReturnConsumedCapacity, written),
    };
  };

interface Asked {
  readonly name: string;
  readonly request: Requests[number];
  readonly write: ItemWrite;
}

/** AWS: writes beyond what their table may use are given back, and a batch of nothing else is refused. */
const runWrites = (room: WriteRoom, asked: readonly Asked[]) => {
  const written: { readonly name: string; readonly table: TableRecord; readonly usage: Usage }[] = [];
  const left: Asked[] = [];
  for (const each of asked) {
    try {
      written.push({ name: each.name, table: each.write.table, usage: runSingleWrite(room, each.write, false).usage });
    } catch (error) {
      if (!isThrottling(error)) throw error;
      left.push(each);
      if (left.length === asked.length) throw error;
    }
  }
  return { written, left };
};

type Requests = Parameters<ReturnType<typeof batchWriteItem>>[1]["RequestItems"][string];

/** AWS: all items are looked at before any table is looked for. */
const readChange = ({ PutRequest, DeleteRequest }: Requests[number]): Change => {
  if (!PutRequest === !DeleteRequest) {
    throw validationError(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  if (DeleteRequest) return { key: readItem(DeleteRequest.Key) };
  const item = readItem(PutRequest?.Item ?? {});
  checkItemSize(item);
  return { item };
};

type Change = { readonly item: Item } | { readonly key: Item };

const writesOf = (room: Pick<Room, "tables">, name: string, changes: readonly Change[]): readonly ItemWrite[] => {
  const table = findTable(room, name);
  return changes.map((change) => {
    if (!("item" in change)) return deleteOf(table, change.key, undefined);
    // AWS: a batch speaks of an item's key as of one that is looked for.
    for (const [position, key] of keyAttributes(table.key).entries()) checkKeyPiece(key, change.item, position === 0);
    checkIndexPlaces(table, change.item);
    return putOf(table, change.item, undefined);
  });
};

const checkDistinct = (writes: readonly ItemWrite[]): void => {
  const seen = new Set(writes.map(({ table, key }) => `${table.name} ${keyText(key)}`));
  if (seen.size < writes.length) throw validationError("Provided list of item keys contains duplicates");
};
