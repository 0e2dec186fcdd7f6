import { type AttributeValue, attributeOf, type Item } from "./attributeValue.ts";
import { compareNumbers } from "./numbers.ts";

/** Whether two values are the same: sets in any order, documents in depth. */
export const equalValues = (a: AttributeValue, b: AttributeValue): boolean => {
  if ("S" in a) return "S" in b && a.S === b.S;
  if ("N" in a) return "N" in b && a.N === b.N;
  if ("BOOL" in a) return "BOOL" in b && a.BOOL === b.BOOL;
  if ("NULL" in a) return "NULL" in b;
  if ("B" in a) return "B" in b && a.B === b.B;
  if ("L" in a) return "L" in b && equalLists(a.L, b.L);
  if ("M" in a) return "M" in b && equalMaps(a.M, b.M);
  if ("SS" in a) return "SS" in b && equalSets(a.SS, b.SS);
  if ("NS" in a) return "NS" in b && equalSets(a.NS, b.NS);
  return "BS" in b && equalSets(a.BS, b.BS);
};

/** Orders two values of one scalar type; undefined when they are not comparable. */
export const compareValues = (a: AttributeValue, b: AttributeValue): number | undefined => {
  if ("S" in a) return "S" in b ? compareStrings(a.S, b.S) : undefined;
  if ("N" in a) return "N" in b ? compareNumbers(a.N, b.N) : undefined;
  if ("B" in a) return "B" in b ? Buffer.compare(bytesOf(a.B), bytesOf(b.B)) : undefined;
  return undefined;
};

/** Whether a string or binary begins with another. */
export const beginsWith = (value: AttributeValue, prefix: AttributeValue): boolean => {
  if ("S" in value) return "S" in prefix && value.S.startsWith(prefix.S);
  if (!("B" in value && "B" in prefix)) return false;
  const start = bytesOf(prefix.B);
  return bytesOf(value.B).subarray(0, start.length).equals(start);
};

/** Whether a string or binary has the other as a part, or a set or list has it as an element. */
export const containsValue = (value: AttributeValue, part: AttributeValue): boolean => {
  if ("S" in value) return "S" in part && value.S.includes(part.S);
  if ("SS" in value) return "S" in part && value.SS.includes(part.S);
  if ("NS" in value) return "N" in part && value.NS.includes(part.N);
  if ("BS" in value) return "B" in part && value.BS.includes(part.B);
  if ("L" in value) return value.L.some((element) => equalValues(element, part));
  return "B" in value && "B" in part && bytesOf(value.B).includes(bytesOf(part.B));
};

/** Orders strings by their UTF-8 bytes, as DynamoDB does. */
export const compareStrings = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return inCodePointOrder(left) - inCodePointOrder(right);
  }
  return a.length - b.length;
};

/** The bytes of a canonical binary. */
export const bytesOf = (base64: string): Buffer => Buffer.from(base64, "base64");

// UTF-16 puts surrogates, which stand for the highest code points, below U+E000 to U+FFFF.
const inCodePointOrder = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;

const equalLists = (a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean =>
  a.length === b.length &&
  a.every((element, i) => {
    const other = b[i];
    return other !== undefined && equalValues(element, other);
  });

const equalMaps = (a: Item, b: Item): boolean => {
  const entries = Object.entries(a);
  if (entries.length !== Object.keys(b).length) return false;
  return entries.every(([name, value]) => {
    const other = attributeOf(b, name);
    return other !== undefined && equalValues(value, other);
  });
};

const equalSets = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false;
  const elements = new Set(b);
  return a.every((element) => elements.has(element));
};
