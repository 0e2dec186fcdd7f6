import { DAY_MS } from "../../../kernel/clock.ts";
import type { TableRecord, Tables } from "../records.ts";
import { attributeOf, type Item } from "../values/attributeValue.ts";
import type { StoredKey } from "./keys.ts";
import type { StoredItem } from "./storedItem.ts";

/** AWS: a time more than five years past is taken for no expiry, so that a mistake in units deletes nothing. */
const MAX_AGE_SECONDS = (5 * 365 * DAY_MS) / 1000;

/**
 * When an item expires, in seconds since the epoch; undefined when its attribute is not a number of them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
 */
export const expiryOf = ({ ttlAttribute }: TableRecord, item: Item): number | undefined => {
  const value = ttlAttribute === undefined ? undefined : attributeOf(item, ttlAttribute);
  if (value === undefined || !("N" in value)) return undefined;
  const seconds = Math.trunc(Number(value.N));
  return seconds > 0 ? seconds : undefined;
};

/** Keeps the order of expiry in step with a write. Call it within the write's transaction. */
export const moveExpiry = (
  tables: Tables,
  table: TableRecord,
  key: StoredKey,
  previous: StoredItem | undefined,
  item: StoredItem | undefined,
): void => {
  const before = previous && expiryOf(table, previous.item);
  const after = item && expiryOf(table, item.item);
  if (before === after) return;
  if (before !== undefined) tables.expiries(table).delete([before, ...key]);
  if (after !== undefined) tables.expiries(table).put([after, ...key], 1);
};

/** Orders an item that was there before its table's time to live. */
export const orderExpiry = (tables: Tables, table: TableRecord, key: StoredKey, { item }: StoredItem): void => {
  const expiry = expiryOf(table, item);
  if (expiry !== undefined) tables.expiries(table).put([expiry, ...key], 1);
};

/** Keys of items that have expired, the longest expired first. */
export const expiredKeys = (tables: Tables, table: TableRecord, now: number, limit: number): StoredKey[] => {
  const seconds = Math.floor(now / 1000);
  const range = { gte: [Math.max(0, seconds - MAX_AGE_SECONDS)], lt: [seconds], limit };
  return [...tables.expiries(table).range(range)].map(({ key }) =>
    (Array.isArray(key) ? key.slice(1) : []).filter((part): part is Uint8Array => part instanceof Uint8Array),
  );
};
