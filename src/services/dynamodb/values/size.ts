import type { AttributeValue, Item } from "./attributeValue.ts";
import { decimalOf } from "./numbers.ts";

const CONTAINER_BYTES = 3;

/**
 * The size DynamoDB counts for an item, in bytes: against the 400 KB limit, for pages and for capacity.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemSize = (item: Item): number => {
  let size = 0;
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== undefined) size += Buffer.byteLength(name) + valueSize(value);
  }
  return size;
};

/** The size of one value, in bytes. */
export const valueSize = (value: AttributeValue): number => {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return numberSize(value.N);
  if ("BOOL" in value || "NULL" in value) return 1;
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  if ("M" in value) return CONTAINER_BYTES + Object.keys(value.M).length + itemSize(value.M);
  if ("L" in value) return sum(value.L, (element) => 1 + valueSize(element)) + CONTAINER_BYTES;
  if ("SS" in value) return sum(value.SS, (element) => Buffer.byteLength(element));
  if ("NS" in value) return sum(value.NS, numberSize);
  return sum(value.BS, (element) => Buffer.byteLength(element, "base64"));
};

/** One byte for the exponent, one for every two digits counted from an even power of ten, one for a minus. */
const numberSize = (number: string): number => {
  const { digits, exponent, negative } = decimalOf(number);
  if (digits === "") return 1;
  const leading = exponent % 2 === 0 ? 1 : 0;
  return 1 + Math.ceil((digits.length + leading) / 2) + (negative ? 1 : 0);
};

const sum = <T>(elements: readonly T[], sizeOf: (element: T) => number): number => {
  let total = 0;
  for (const element of elements) total += sizeOf(element);
  return total;
};
