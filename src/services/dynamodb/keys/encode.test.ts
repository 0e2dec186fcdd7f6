import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttributeValue } from "../values/attributeValue.ts";
import { beginsWith, compareStrings, compareValues } from "../values/compare.ts";
import { compareNumbers, normaliseNumber } from "../values/numbers.ts";
import { canonicalNumber } from "../values/valueArbitraries.ts";
import { afterPrefix, encodeKey } from "./encode.ts";

const text = fc.string({ unit: "binary" });
const bytes = fc.uint8Array();

test("numbers order by value", () => {
  fc.assert(
    fc.property(canonicalNumber, canonicalNumber, (a, b) => {
      expect(Buffer.compare(encodeKey({ N: a }), encodeKey({ N: b }))).toBe(Math.sign(compareNumbers(a, b)));
    }),
    { numRuns: 1000 },
  );
});

test("the edges of the number range are in order", () => {
  const ascending = [
    "-9.9e125",
    "-1e125",
    "-12.5",
    "-12",
    "-1.25",
    "-1e-130",
    "0",
    "1e-130",
    "1",
    "1.2",
    "1.25",
    "12",
    "9.9e125",
  ];
  const encoded = ascending.map((number) => encodeKey({ N: normaliseNumber(number) }));
  expect([...encoded].sort(Buffer.compare)).toEqual(encoded);
});

test("strings order by UTF-8 and binaries by bytes", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Buffer.compare(encodeKey({ S: a }), encodeKey({ S: b }))).toBe(Math.sign(compareStrings(a, b)));
    }),
  );
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const [left, right] = [a, b].map((it): AttributeValue => ({ B: Buffer.from(it).toString("base64") }));
      const order = compareValues(left!, right!);
      expect(Buffer.compare(encodeKey(left!), encodeKey(right!))).toBe(Math.sign(order!));
    }),
  );
});

test("a prefix bounds exactly what begins with it", () => {
  const few = fc
    .uint8Array({ max: 0xff, maxLength: 4 })
    .map((it) => it.map((byte) => (byte % 3 === 0 ? 0xff : byte % 3)));
  fc.assert(
    fc.property(few, few, (prefix, key) => {
      const after = afterPrefix(prefix);
      const within = Buffer.compare(key, prefix) >= 0 && (after === undefined || Buffer.compare(key, after) < 0);
      const [value, start] = [key, prefix].map((it): AttributeValue => ({ B: Buffer.from(it).toString("base64") }));
      expect(within).toBe(beginsWith(value!, start!));
    }),
    { numRuns: 1000 },
  );
});

test("the end of a prefix leaves the prefix as it is, be it a Buffer", () => {
  const prefix = Buffer.from("ab");
  expect(Buffer.from(afterPrefix(prefix) ?? []).toString()).toBe("ac");
  expect(prefix.toString()).toBe("ab");
});
