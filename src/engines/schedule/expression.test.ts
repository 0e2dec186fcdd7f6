import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agreesInNumber, isTimezone, nextRun, parseSchedule } from "./expression.ts";

const FROM = "2026-01-01T00:00:00Z";

/** The first runs of an expression after a moment. */
const runs = (text: string, { from = FROM, zone = "UTC", count = 3 } = {}): readonly string[] => {
  const schedule = parseSchedule(text, zone);
  if (!schedule) throw new Error(`${text} is no schedule`);
  const found: number[] = [];
  const start = Date.parse(from);
  for (let after: number | undefined = start; found.length < count; ) {
    after = nextRun(schedule, after, start);
    if (after === undefined) break;
    found.push(after);
  }
  return found.map((time) => new Date(time).toISOString().slice(0, 16));
};

describe("cron", () => {
  test.each([
    ["cron(0 10 * * ? *)", ["2026-01-01T10:00", "2026-01-02T10:00", "2026-01-03T10:00"]],
    ["cron(15 12 ? * MON-FRI *)", ["2026-01-01T12:15", "2026-01-02T12:15", "2026-01-05T12:15"]],
    ["cron(15 12 ? * 2-6 *)", ["2026-01-01T12:15", "2026-01-02T12:15", "2026-01-05T12:15"]],
    ["cron(0/15 8-17 ? * MON-FRI *)", ["2026-01-01T08:00", "2026-01-01T08:15", "2026-01-01T08:30"]],
    ["cron(0 8 1 * ? *)", ["2026-01-01T08:00", "2026-02-01T08:00", "2026-03-01T08:00"]],
    ["cron(0 9 ? * 2#1 *)", ["2026-01-05T09:00", "2026-02-02T09:00", "2026-03-02T09:00"]],
    ["cron(0 9 ? * 6L *)", ["2026-01-30T09:00", "2026-02-27T09:00", "2026-03-27T09:00"]],
    ["cron(0 9 ? * L *)", ["2026-01-03T09:00", "2026-01-10T09:00", "2026-01-17T09:00"]],
    ["cron(0 9 L * ? *)", ["2026-01-31T09:00", "2026-02-28T09:00", "2026-03-31T09:00"]],
    ["cron(0 9 3W * ? *)", ["2026-01-02T09:00", "2026-02-03T09:00", "2026-03-03T09:00"]],
    ["cron(0 0 29 2 ? *)", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]],
    ["cron(0 0 1 1 ? 2027-2028)", ["2027-01-01T00:00", "2028-01-01T00:00"]],
    ["cron(0 0 1 1 ? 2025)", []],
  ])("%s", (text, expected) => expect(runs(text)).toEqual(expected));

  test("a time that the clock skips comes right after; one that comes twice, once", () => {
    const zone = "America/New_York";
    expect(runs("cron(30 2 * * ? *)", { zone, from: "2026-03-08T00:00:00Z", count: 2 })).toEqual([
      "2026-03-08T07:00",
      "2026-03-09T06:30",
    ]);
    expect(runs("cron(30 1 * * ? *)", { zone, from: "2026-11-01T00:00:00Z", count: 2 })).toEqual([
      "2026-11-01T05:30",
      "2026-11-02T06:30",
    ]);
  });

  test.each([
    "cron(0 10 * * * *)",
    "cron(0 10 ? * ? *)",
    "cron(0 10 * * ?)",
    "cron(60 10 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 10 32 * ? *)",
    "cron(0 10 ? * 8 *)",
    "cron(0 10 ? * FOO *)",
    "cron(0 10 * * ? 1969)",
    "cron(? 10 * * ? *)",
    "cron(0 10 * * ? *",
    "0 10 * * ? *",
    "",
  ])("%s is none", (text) => expect(parseSchedule(text)).toBeUndefined());
});

describe("rate", () => {
  test("one minute and five minutes agree in number; that only rules ask for it is theirs to say", () => {
    const rates = [
      "rate(1 minute)",
      "rate(5 minutes)",
      "rate(10 hours)",
      "rate(11 minute)",
      "rate(1 minutes)",
      "rate(5 day)",
    ];
    expect(rates.map(agreesInNumber)).toEqual([true, true, true, false, false, false]);
    expect(rates.map((rate) => parseSchedule(rate)?.kind)).toEqual(rates.map(() => "rate"));
  });

  test.each([
    ["rate(1 minute)", ["2026-01-01T00:01", "2026-01-01T00:02", "2026-01-01T00:03"]],
    ["rate(12 hours)", ["2026-01-01T12:00", "2026-01-02T00:00", "2026-01-02T12:00"]],
    ["rate(7 days)", ["2026-01-08T00:00", "2026-01-15T00:00", "2026-01-22T00:00"]],
  ])("%s", (text, expected) => expect(runs(text)).toEqual(expected));

  test.each(["rate(0 minutes)", "rate(5 seconds)", "rate(1.5 hours)", "rate( 5 minutes )", "rate()"])(
    "%s is none",
    (text) => expect(parseSchedule(text)).toBeUndefined(),
  );

  test("is due at its start, then in whole steps from it, and never at once again", () => {
    const step = fc.constantFrom("minutes", "hours", "days");
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 999 }), step, fc.nat(), fc.integer(), (count, unit, start, distance) => {
        const schedule = parseSchedule(`rate(${count} ${unit})`);
        if (schedule?.kind !== "rate") throw new Error("no rate");
        const next = nextRun(schedule, start + distance, start);
        expect(next).toBeGreaterThan(start + distance);
        expect(((next ?? 0) - start) % schedule.everyMs).toBe(0);
        if (distance >= 0) expect(next).toBeLessThanOrEqual(start + distance + schedule.everyMs);
      }),
    );
  });
});

describe("at", () => {
  test("is due once, in its zone", () => {
    expect(runs("at(2026-11-20T13:00:00)", { zone: "Europe/Berlin" })).toEqual(["2026-11-20T12:00"]);
    expect(runs("at(2025-11-20T13:00:00)")).toEqual([]);
  });

  test.each(["at(2026-11-20T13:00)", "at(2026-11-20T13:00:00Z)", "at(2026-13-20T13:00:00)", "at(tomorrow)"])(
    "%s is none",
    (text) => expect(parseSchedule(text)).toBeUndefined(),
  );
});

test("zones are those the machine knows", () => {
  expect(["UTC", "Europe/Berlin", "America/New_York", "Mars/Base"].map(isTimezone)).toEqual([true, true, true, false]);
});
