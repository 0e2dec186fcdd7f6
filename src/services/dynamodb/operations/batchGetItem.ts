import { isThrottling } from "../budgets.ts";
import { readUnits, usagesView } from "../capacity.ts";
import { noRequestItems, validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { checkAttributesToGet, onlyExpressions, readProjection } from "../items/expressions.ts";
import { assertScalarKeys } from "../items/keyPaths.ts";
import { keyFromParameter } from "../items/keys.ts";
import { readStored } from "../items/store.ts";
import { type StoredItem, toStore } from "../items/storedItem.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import { MAX_BATCH_BYTES, MAX_BATCH_GETS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import type { Item } from "../values/attributeValue.ts";
import { readItem } from "../values/readValue.ts";

export const batchGetItem =
  (room: Pick<Room, "tables" | "budgets">): Operation<"BatchGetItem"> =>
  async (_ctx, input) => {
    const requests = Object.entries(input.RequestItems);
    if (requests.length === 0) throw noRequestItems("BatchGetItem");
    const total = requests.reduce((sum, [, { Keys }]) => sum + Keys.length, 0);
    if (total > MAX_BATCH_GETS) throw validationError("Too many items requested for the BatchGetItem call");
    const budget = { bytes: MAX_BATCH_BYTES };
    const asked = requests.map(([name, request]) => ({ name, request, ...readRequest(request) }));
    const read = asked.map((each) => ({ ...each, ...readKeys(room, each, budget) }));
    const refused = read.find((each) => each.refused)?.refused;
    if (refused && read.every(({ left, request }) => left.length === request.Keys.length)) throw refused;
    const rest = {
      UnprocessedKeys: Object.fromEntries(
        read
          .filter(({ left }) => left.length > 0)
          .map(({ name, request, left }) => [name, { ...request, Keys: [...left] }]),
      ),
      ...usagesView(input.ReturnConsumedCapacity, read),
    };
    return {
      Responses: Object.fromEntries(read.map(({ name, items }) => [name, items.map(({ item }) => itemAnswer(item))])),
      ...rest,
    };
  };

type Request = Parameters<ReturnType<typeof batchGetItem>>[1]["RequestItems"][string];

/** AWS: all keys and expressions are looked at before any table is looked for. */
const readRequest = (request: Request) => {
  assertOneStyle(request, { expressions: ["ProjectionExpression"], legacy: ["AttributesToGet"] });
  checkAttributesToGet(request.AttributesToGet);
  const { projection } = prepareExpressions(onlyExpressions(request));
  const keyItems = request.Keys.map(readItem);
  if (new Set(keyItems.map(keyNames)).size < keyItems.length)
    throw validationError("Provided list of item keys contains duplicates");
  return { keyItems, projection, kept: readProjection(projection, request.AttributesToGet) };
};

/** A key as text, whatever the order of its attributes. */
const keyNames = (key: Item): string =>
  JSON.stringify(Object.entries(key).sort(([one], [other]) => (one < other ? -1 : 1)));

type Asked = ReturnType<typeof readRequest> & { readonly name: string; readonly request: Request };

/** Less than what an item takes that is not there. */
const SPENT = -1;

/** AWS: keys beyond what their table may use are given back, and a batch of nothing else is refused. */
const refusalOf = (spend: () => void): Error | undefined => {
  try {
    spend();
    return undefined;
  } catch (error) {
    if (isThrottling(error)) return error;
    throw error;
  }
};

const readKeys = (
  room: Pick<Room, "tables" | "budgets">,
  { name, request, keyItems, kept, projection }: Asked,
  budget: { bytes: number },
) => {
  const table = findTable(room, name);
  const keys = keyItems.map((key) => keyFromParameter(table, key));
  if (projection) assertScalarKeys(table, projection);
  const items: StoredItem[] = [];
  let units = 0;
  for (const [position, key] of keys.entries()) {
    const stored = readStored(room.tables, table, key);
    // AWS: what would exceed the limit is left for the next call, and so is all after it.
    const bytes = stored?.bytes ?? 0;
    if (bytes > budget.bytes) {
      budget.bytes = SPENT;
      return { table, items, usage: { table: units }, left: request.Keys.slice(position) };
    }
    const used = readUnits(bytes, request.ConsistentRead ?? false);
    const refused = table.isThrottled && refusalOf(() => room.budgets.spend(table, "read", { table: used }));
    if (refused) return { table, items, usage: { table: units }, left: request.Keys.slice(position), refused };
    units += used;
    budget.bytes -= bytes;
    if (stored) items.push(kept ? toStore(project(stored.item, kept)) : stored);
  }
  return { table, items, usage: { table: units }, left: [] };
};
