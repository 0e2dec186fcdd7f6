import { AwsError } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { encodeKey } from "../keys/encode.ts";
import { type SortRange, sortRangeOf } from "../keys/keyRange.ts";
import type { KeyAttribute, KeySchema, KeySelection } from "../keys/selectKey.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import { attributeOf, type Item } from "../values/attributeValue.ts";
import { type InputItem, readItem } from "../values/readValue.ts";
import { checkKeyPiece, indexKey, keyAttributes, keyFromParameter, keyItem, type StoredKey } from "./keys.ts";

const INVALID = "The provided starting key is invalid";

/** ExclusiveStartKey's values, checked before any table is looked for. */
export const readStart = (start: InputItem): Item =>
  prefixed(
    () => readItem(start),
    (message) => !PLAIN.test(message),
  );

/** AWS leaves the prefix out before these. */
const PLAIN = /contains duplicates|number set|numeric value|significant digits|number with magnitude/;

/** Throws when a start does not name as many attributes as the key of its table, and of the index, has. */
export const checkStartNames = (table: TableRecord, index: IndexRecord | undefined, start: Item): void => {
  const expected = new Set([table.key, ...(index ? [index.key] : [])].flatMap(keyAttributes).map(({ name }) => name));
  if (Object.keys(start).length !== expected.size) throw validationError(INVALID);
};

/** Throws when a start does not hold this attribute of a key as it must. */
export const checkStartPiece = (key: KeyAttribute, start: Item, isPartition: boolean): void => {
  if (attributeOf(start, key.name) === undefined) throw validationError(INVALID);
  checkKeyPiece(key, start, isPartition);
};

/** The stored key after which a page starts. Throws when it is no key of the table or index. */
export const startKey = (table: TableRecord, index: IndexRecord | undefined, start: Item): StoredKey => {
  const ofTable = prefixed(() => keyFromParameter(table, keyItem(table.key, start)));
  const ofIndex = index && indexKey(table, index, start);
  if (index && !ofIndex) throw validationError(INVALID);
  return ofIndex ?? ofTable;
};

/** Throws when a start lies outside of what a query reads. */
export const checkStartWithin = (start: Item, schema: KeySchema, selected: KeySelection): void => {
  const attributes = keyAttributes(schema);
  const isOther = selected.fixed.some((value, position) => {
    const at = attributeOf(start, attributes[position]?.name ?? "");
    return !at || Buffer.compare(encodeKey(at), encodeKey(value)) !== 0;
  });
  const sorted = selected.sort && attributeOf(start, selected.sort.name);
  if (!selected.sort || !sorted) {
    if (isOther)
      throw validationError("The provided starting key is outside query boundaries based on provided conditions");
    return;
  }
  if (!isWithin(encodeKey(sorted), sortRangeOf(selected.sort)))
    throw validationError("The provided starting key does not match the range key predicate");
  if (isOther) throw validationError("The query can return at most one row and cannot be restarted");
};

const isWithin = (key: Uint8Array, { gt, gte, lt, lte }: SortRange): boolean =>
  (!gt || Buffer.compare(key, gt) > 0) &&
  (!gte || Buffer.compare(key, gte) >= 0) &&
  (!lt || Buffer.compare(key, lt) < 0) &&
  (!lte || Buffer.compare(key, lte) <= 0);

/** What a check of a key finds, as a fault of the start. */
const prefixed = <T>(check: () => T, applies: (message: string) => boolean = () => true): T => {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AwsError) || !applies(error.message)) throw error;
    throw validationError(`${INVALID}: ${error.message}`);
  }
};
