import fc from "fast-check";
import type { AttributeValue } from "./attributeValue.ts";
import { normaliseNumber } from "./numbers.ts";

/** Numbers in all the ways they may be written, within DynamoDB's limits. */
export const numberText: fc.Arbitrary<string> = fc
  .record({
    sign: fc.constantFrom("", "-", "+"),
    digits: fc.stringMatching(/^[0-9]{1,38}$/),
    point: fc.nat({ max: 38 }),
    power: fc.integer({ min: -80, max: 80 }),
  })
  .map(({ sign, digits, point, power }) => {
    const at = Math.min(point, digits.length);
    const mantissa = at === digits.length ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
    return `${sign}${mantissa}${power === 0 ? "" : `e${power}`}`;
  });

/** Canonical numbers. */
export const canonicalNumber: fc.Arbitrary<string> = fc.oneof(
  fc.maxSafeInteger().map(String),
  numberText.map(normaliseNumber),
);

const base64 = fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString("base64"));
const text = fc.string({ unit: "binary", maxLength: 12 });
const setOf = (element: fc.Arbitrary<string>) => fc.uniqueArray(element, { minLength: 1, maxLength: 4 });

/** Canonical values of every type, up to a few levels deep. */
export const attributeValue: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.record({ S: text }),
    fc.record({ N: canonicalNumber }),
    fc.record({ B: base64 }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true } as const),
    fc.record({ SS: setOf(text) }),
    fc.record({ NS: setOf(canonicalNumber) }),
    fc.record({ BS: setOf(base64) }),
    fc.record({ L: fc.array(tie("value"), { maxLength: 4 }) }),
    fc.record({ M: fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), tie("value"), { maxKeys: 4 }) }),
  ),
})).value;
