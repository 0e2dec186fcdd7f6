import type { Key } from "../../../store/records.ts";
import { invalidParameter, validationError } from "../errors.ts";
import { encodeKey } from "../keys/encode.ts";
import { type KeyAttribute, type KeySchema, partitionAttributes, sortAttributes } from "../keys/selectKey.ts";
import { MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES } from "../limits.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import { type AttributeValue, attributeOf, type Item, itemOf, typeOf } from "../values/attributeValue.ts";
import { valueSize } from "../values/size.ts";

/** The stored key of an item: its partition key and sort key as ordered bytes. */
export type StoredKey = readonly Uint8Array[];

/** A key as a collection gives it back. */
export const storedKeyOf = (key: Key): StoredKey =>
  (Array.isArray(key) ? key : [key]).map((part) => (part instanceof Uint8Array ? part : Buffer.from(String(part))));

export const keyAttributes = (schema: KeySchema): readonly KeyAttribute[] => {
  const { partition, sort } = schema;
  if (schema.furtherPartition || schema.furtherSort) return [...partitionAttributes(schema), ...sortAttributes(schema)];
  return sort ? [partition, sort] : [partition];
};

/** The stored key of a `Key` parameter, which must hold the key's attributes and nothing else. */
export const keyFromParameter = (table: TableRecord, key: Item): StoredKey => {
  const attributes = keyAttributes(table.key);
  const fits = attributes.every(({ name, type }) => {
    const value = attributeOf(key, name);
    return value !== undefined && typeOf(value) === type;
  });
  if (!fits || Object.keys(key).length !== attributes.length) {
    throw validationError("The provided key element does not match the schema");
  }
  return storedKey(table.key, key);
};

/** Throws when a key does not hold this attribute of its schema as it must. */
export const checkKeyPiece = ({ name, type }: KeyAttribute, key: Item, isPartition: boolean): void => {
  const value = attributeOf(key, name);
  if (value === undefined || typeOf(value) !== type)
    throw validationError("The provided key element does not match the schema");
  checkKeyValue(name, value, isPartition);
};

/** The stored key of a whole item. */
export const keyFromItem = (table: TableRecord, item: Item): StoredKey => {
  for (const { name, type } of keyAttributes(table.key)) {
    const value = attributeOf(item, name);
    if (value === undefined) throw invalidParameter(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type) {
      throw invalidParameter(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    }
  }
  return storedKey(table.key, item);
};

/** The item's place in an index, or undefined when it lacks one of the index's key attributes. */
export const indexKey = (table: TableRecord, index: IndexRecord, item: Item): StoredKey | undefined => {
  const attributes = keyAttributes(index.key);
  if (!attributes.every(({ name }) => attributeOf(item, name) !== undefined)) return undefined;
  return [...storedKey(index.key, item), ...storedKey(table.key, item)];
};

/** Throws when an item's attributes cannot be keys of the table's indexes. */
export const checkIndexKeys = (table: TableRecord, item: Item, given: "item" | "update" = "item"): void => {
  for (const index of table.indexes) {
    for (const { name, type } of keyAttributes(index.key)) {
      const value = attributeOf(item, name);
      if (value === undefined) continue;
      if (typeOf(value) !== type) {
        throw invalidParameter(
          `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        );
      }
      if (isEmpty(value)) {
        const empty = `The AttributeValue for a key attribute cannot contain an empty ${nounOf(value)} value.`;
        throw validationError(
          given === "update"
            ? `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ${empty}`
            : `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${empty} IndexName: ${index.name}, IndexKey: ${name}`,
        );
      }
    }
  }
};

/** Throws when an item has no place in one of its table's indexes: of a batch, none is written when one cannot be. */
export const checkIndexPlaces = (table: TableRecord, item: Item): void => {
  checkIndexKeys(table, item);
  for (const index of table.indexes) indexKey(table, index, item);
};

export const sameKey = (a: StoredKey, b: StoredKey): boolean =>
  a.length === b.length &&
  a.every((part, position) => {
    const other = b[position];
    return other !== undefined && Buffer.compare(part, other) === 0;
  });

/** A key as text, to tell keys apart. */
export const keyText = (key: StoredKey): string => key.map((part) => Buffer.from(part).toString("hex")).join(" ");

/** The attributes of a key alone. */
export const keyItem = (schema: KeySchema, item: Item): Item => itemOf(keyEntries(schema, item));

/** The same of an index's entry: the table's key, then the index's. */
export const entryKeyItem = (table: TableRecord, index: IndexRecord | undefined, item: Item): Item =>
  index ? itemOf([...keyEntries(table.key, item), ...keyEntries(index.key, item)]) : keyItem(table.key, item);

const keyEntries = (schema: KeySchema, item: Item): (readonly [string, AttributeValue])[] => {
  const entries: (readonly [string, AttributeValue])[] = [];
  for (const { name } of keyAttributes(schema)) {
    const value = attributeOf(item, name);
    if (value !== undefined) entries.push([name, value]);
  }
  return entries;
};

const storedKey = (schema: KeySchema, item: Item): StoredKey => {
  const partitions = 1 + (schema.furtherPartition?.length ?? 0);
  const key = keyAttributes(schema).map((attribute, position) => {
    const value = attributeOf(item, attribute.name);
    if (value === undefined) throw validationError("The provided key element does not match the schema");
    checkKeyValue(attribute.name, value, position < partitions);
    return encodeKey(value);
  });
  if (schema.furtherPartition) checkTogether(key.slice(0, partitions), true);
  if (schema.furtherSort) checkTogether(key.slice(partitions), false);
  return key;
};

/** AWS: the values that make a partition, or sort it, have one limit together. */
const checkTogether = (parts: StoredKey, isPartition: boolean): void => {
  const bytes = parts.reduce((sum, { length }) => sum + length, 0);
  if (bytes > (isPartition ? MAX_PARTITION_KEY_BYTES : MAX_SORT_KEY_BYTES)) throw keyTooLong(isPartition);
};

const checkKeyValue = (name: string, value: AttributeValue, isPartition: boolean): void => {
  checkFilled(name, value);
  if (valueSize(value) > (isPartition ? MAX_PARTITION_KEY_BYTES : MAX_SORT_KEY_BYTES)) throw keyTooLong(isPartition);
};

const checkFilled = (name: string, value: AttributeValue): void => {
  if (isEmpty(value))
    throw validationError(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${nounOf(value)} value. Key: ${name}`,
    );
};

/** Throws when a key holds an empty value, whatever else may be wrong with it. */
export const checkKeyFilled = (table: TableRecord, key: Item): void => {
  for (const { name } of keyAttributes(table.key)) {
    const value = attributeOf(key, name);
    if (value !== undefined) checkFilled(name, value);
  }
};

/** AWS leaves out the space before the number for partition keys, and clients have learned the text. */
const keyTooLong = (isPartition: boolean) =>
  invalidParameter(
    isPartition
      ? `Size of hashkey has exceeded the maximum size limit of${MAX_PARTITION_KEY_BYTES} bytes`
      : `Aggregated size of all range keys has exceeded the size limit of ${MAX_SORT_KEY_BYTES} bytes`,
  );

const isEmpty = (value: AttributeValue): boolean =>
  ("S" in value && value.S === "") || ("B" in value && value.B === "");

const nounOf = (value: AttributeValue): string => ("S" in value ? "string" : "binary");
