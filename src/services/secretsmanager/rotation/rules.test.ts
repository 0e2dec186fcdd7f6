import { describe, expect, it } from "vitest";
import { nextWindow, rotationRules, windowEnd } from "./rules.ts";

const at = (text: string) => Date.parse(text);
const iso = (time: number | undefined) => time && new Date(time).toISOString();
const last = at("2026-03-10T15:20:00Z");

describe("rotation rules", () => {
  it.each([
    [{ AutomaticallyAfterDays: 30 }, "2026-04-09T00:00:00.000Z", "2026-04-09T23:59:59.000Z"],
    [{ AutomaticallyAfterDays: 1, Duration: "3h" }, "2026-03-11T00:00:00.000Z", "2026-03-11T03:00:00.000Z"],
    [{ ScheduleExpression: "rate(10 days)" }, "2026-03-20T00:00:00.000Z", "2026-03-20T23:59:59.000Z"],
    [{ ScheduleExpression: "rate(4 hours)", Duration: "1h" }, "2026-03-10T19:20:00.000Z", "2026-03-10T20:20:00.000Z"],
    [{ ScheduleExpression: "cron(0 8 1 * ? *)" }, "2026-04-01T08:00:00.000Z", "2026-04-01T23:59:59.000Z"],
  ])("%j", (given, opens, ends) => {
    const rules = rotationRules(given);
    const next = nextWindow(rules, last);
    expect(iso(next)).toBe(opens);
    expect(iso(windowEnd(rules, next ?? 0))).toBe(ends);
  });

  it.each([
    [{ AutomaticallyAfterDays: 1, ScheduleExpression: "rate(1 day)" }, "can't specify both"],
    [{ ScheduleExpression: "at(2026-11-20T13:00:00)" }, "Invalid ScheduleExpression"],
    [{ ScheduleExpression: "sometimes" }, "Invalid ScheduleExpression"],
  ])("refuses %j", (given, message) => expect(() => rotationRules(given)).toThrow(message));

  it("knows no next window without a rule", () => expect(nextWindow(rotationRules({}), last)).toBeUndefined());
});
