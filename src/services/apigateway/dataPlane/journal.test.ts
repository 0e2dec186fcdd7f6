import { expect, test } from "vitest";
import { createJournal, mapText } from "./journal.ts";

test("a journal keeps lines in order, cuts long ones, and adds up what is learned", () => {
  const journal = createJournal(() => 7);
  journal.tell("info", "begun");
  journal.tell("data", "x".repeat(2000));
  journal.learn({ integration: { status: 200, latencyMs: 3 } });
  const failure = { type: "THROTTLED", message: "Too Many Requests", why: "Method request was throttled" } as const;
  journal.learn({ failure });
  expect(journal.lines[0]).toEqual({ kind: "info", time: 7, text: "begun" });
  expect(journal.lines[1]?.text).toBe(`${"x".repeat(1024)} [TRUNCATED]`);
  expect(journal.learned).toEqual({
    integration: { status: 200, latencyMs: 3 },
    failure,
  });
});

test("maps are written as Java writes them", () => {
  expect([mapText({ a: 1, b: "x" }), mapText({}), mapText(null)]).toEqual(["{a=1, b=x}", "{}", "{}"]);
});
