import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeKey, encodeKey, encodeRange } from "./keys.ts";
import type { Key, KeyPart } from "./records.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("\u0000", "\u0001", "\u0002", "\u0003", "a", "~", "é", "\uffff", "😀") }),
);
const bytes = fc.uint8Array().map((array) => Buffer.from(array));
const number = fc.double({ noNaN: true }).map((value) => (value === 0 ? 0 : value));
const part: fc.Arbitrary<KeyPart> = fc.oneof(text, number, bytes);
const key: fc.Arbitrary<Key> = fc.oneof(part, fc.array(part, { maxLength: 4 }));

const order = (left: string, right: string) => Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)));
const compareParts = (left: KeyPart, right: KeyPart): number => {
  if (typeof left === "number" && typeof right === "number") return Math.sign(left - right) || 0;
  if (typeof left === "string" && typeof right === "string") return order(left, right);
  return Math.sign(Buffer.compare(left as Buffer, right as Buffer));
};
const compareTuples = (left: readonly KeyPart[], right: readonly KeyPart[]): number => {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const compared = compareParts(part, other);
    if (compared !== 0) return compared;
  }
  return left.length < right.length ? -1 : 0;
};

describe("keys", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(key, (value) => {
        expect(decodeKey(encodeKey(value))).toEqual(value);
      }),
    );
  });

  it("hold no NUL", () => {
    fc.assert(fc.property(key, (value) => !encodeKey(value).includes("\u0000")));
  });

  it("order strings by their UTF-8 bytes", () => {
    fc.assert(fc.property(text, text, (a, b) => order(encodeKey(a), encodeKey(b)) === order(a, b)));
  });

  it("order numbers by value, with both infinities", () => {
    const all = fc.oneof(
      number,
      fc.integer(),
      fc.constantFrom(Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE),
    );
    fc.assert(fc.property(all, all, (a, b) => order(encodeKey(a), encodeKey(b)) === compareParts(a, b)));
    expect(encodeKey(-0)).toBe(encodeKey(0));
    expect(() => encodeKey(Number.NaN)).toThrow(RangeError);
  });

  it("order bytes as bytes", () => {
    fc.assert(fc.property(bytes, bytes, (a, b) => order(encodeKey(a), encodeKey(b)) === compareParts(a, b)));
  });

  it("order tuples part by part, a shorter one first", () => {
    const tuples = [fc.tuple(text, number), fc.tuple(text), fc.tuple(text, text), fc.tuple(), fc.tuple(bytes, bytes)];
    for (const left of tuples) {
      for (const right of tuples.filter((other) => other === left)) {
        fc.assert(fc.property(left, right, (a, b) => order(encodeKey(a), encodeKey(b)) === compareTuples(a, b)));
      }
    }
    const strings = fc.array(text, { maxLength: 3 });
    fc.assert(
      fc.property(strings, strings, (a, b) => {
        fc.pre(a.length > 0 && b.length > 0);
        return order(encodeKey(a), encodeKey(b)) === compareTuples(a, b);
      }),
    );
  });

  it("replace what has no UTF-8 form as an encoder does", () => {
    expect(decodeKey(encodeKey("a\ud800b"))).toBe("a\ufffdb");
  });
});

describe("ranges", () => {
  const within = (encoded: string, { from, to }: { from: string; to: string }) =>
    order(encoded, from) >= 0 && order(encoded, to) < 0;

  it("of a prefix hold the tuples that begin with it, and no others", () => {
    const strings = fc.array(text, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(strings, strings, (prefix, tuple) => {
        const begins = prefix.every((part, index) => tuple[index] === part);
        return within(encodeKey(tuple), encodeRange({ prefix })) === begins;
      }),
    );
  });

  it("honour every bound", () => {
    fc.assert(
      fc.property(text, text, (bound, value) => {
        const compared = order(value, bound);
        const inRange = (range: object) => within(encodeKey(value), encodeRange(range));
        expect(inRange({ gt: bound })).toBe(compared > 0);
        expect(inRange({ gte: bound })).toBe(compared >= 0);
        expect(inRange({ lt: bound })).toBe(compared < 0);
        expect(inRange({ lte: bound })).toBe(compared <= 0);
      }),
    );
  });

  it("of bounds and a prefix are those of both", () => {
    const range = encodeRange({ prefix: ["a"], gt: ["a", 3] });
    expect(within(encodeKey(["a", 3]), range)).toBe(false);
    expect(within(encodeKey(["a", 4]), range)).toBe(true);
    expect(within(encodeKey(["b", 4]), range)).toBe(false);
    expect(within(encodeKey(["b", 1]), encodeRange({ prefix: ["b"], gt: ["a", 3] }))).toBe(true);
  });
});
