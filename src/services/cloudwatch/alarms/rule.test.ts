import fc from "fast-check";
import { expect, test } from "vitest";
import { alarmsIn, holds, parseRule, type Rule } from "./rule.ts";

const states = ["ALARM", "OK", "INSUFFICIENT_DATA"] as const;

/** A rule as text. */
const write = (rule: Rule): string => {
  switch (rule.kind) {
    case "state":
      return `${rule.state}("${rule.alarm.replace(/["\\]/g, "\\$&")}")`;
    case "constant":
      return String(rule.value).toUpperCase();
    case "not":
      return `NOT (${write(rule.of)})`;
    case "atLeast":
      return `AT_LEAST(${rule.count}${rule.isPercent ? "%" : ""}, ${rule.isNot ? "NOT " : ""}${rule.state}, (${rule.alarms.map((name) => `"${name}"`).join(", ")}))`;
    default:
      return `(${rule.parts.map(write).join(` ${rule.kind.toUpperCase()} `)})`;
  }
};

const name = fc.string({ minLength: 1, maxLength: 8 });
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant("state" as const), state: fc.constantFrom(...states), alarm: name }),
    fc.record({ kind: fc.constant("constant" as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant("not" as const), of: tie("rule") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      parts: fc.array(tie("rule"), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

test("a rule read back means what was written", () => {
  fc.assert(
    fc.property(rule, fc.constantFrom(...states), (written, state) => {
      const read = parseRule(write(written));
      expect(alarmsIn(read)).toEqual(alarmsIn(written));
      expect(holds(read, () => state)).toBe(holds(written, () => state));
    }),
  );
});

test("AND binds before OR, and names need no quotes", () => {
  const read = parseRule("ALARM(a) OR OK(b) AND FALSE");
  expect(holds(read, (alarm) => (alarm === "a" ? "ALARM" : "OK"))).toBe(true);
  expect(holds(read, () => "OK")).toBe(false);
});

test("AT_LEAST counts, by number and by share", () => {
  const of = (text: string) => holds(parseRule(text), (alarm) => (alarm < "c" ? "ALARM" : "OK"));
  expect(of("AT_LEAST(2, ALARM, (a, b, c))")).toBe(true);
  expect(of("AT_LEAST(3, ALARM, (a, b, c))")).toBe(false);
  expect(of("AT_LEAST(50%, NOT OK, (a, b, c, d))")).toBe(true);
});

test.each(["", "ALARM()", "ALARM(a", "ALARM(a) OK(b)", "FOO(a)", "AT_LEAST(3, ALARM, (a, b))", "NOT"])(
  "%s is no rule",
  (text) => expect(() => parseRule(text)).toThrow(expect.objectContaining({ code: "ValidationError" })),
);
