import { expect, test } from "vitest";
import { Pace } from "./pace.ts";

/** A pool whose environments took an event every so many milliseconds, the last at 1000. */
const paceOf = (intervalMs: number, startMs: number): Pace => {
  const pace = new Pace();
  pace.ran(intervalMs);
  pace.started(startMs);
  for (let taken = 50; taken >= 0; taken -= 1) pace.took(1000 - taken * intervalMs);
  return pace;
};

test("of a function nobody has seen, each event is worth an environment", () => {
  expect(new Pace().isWorthStarting({ waiting: 1, sinceMs: 0, ready: 1, saturated: false }, 0)).toBe(true);
});

test("what is taken sooner than another environment starts is waited for, however many there are", () => {
  const pace = paceOf(0.5, 60);
  expect(pace.isWorthStarting({ waiting: 100, sinceMs: 950, ready: 2, saturated: false }, 1001)).toBe(false);
  expect(pace.isWorthStarting({ waiting: 150, sinceMs: 950, ready: 2, saturated: false }, 1001)).toBe(true);
});

test("how long an event takes counts only until it is known how quickly they are taken", () => {
  const pace = new Pace();
  pace.ran(10);
  expect(pace.isWorthStarting({ waiting: 10, sinceMs: 0, ready: 1, saturated: false }, 0)).toBe(true);
  for (let taken = 0; taken < 50; taken += 1) pace.took(taken);
  pace.ran(1000);
  expect(pace.isWorthStarting({ waiting: 10, sinceMs: 0, ready: 1, saturated: false }, 50)).toBe(false);
});

test("environments that take nothing for longer than a start are not waited for", () => {
  const pace = paceOf(0.5, 60);
  expect(pace.isWorthStarting({ waiting: 1, sinceMs: 1000, ready: 2, saturated: false }, 1050)).toBe(false);
  expect(pace.isWorthStarting({ waiting: 1, sinceMs: 1000, ready: 2, saturated: false }, 1070)).toBe(true);
});

test("a pause in which nothing waited is no interval", () => {
  const pace = paceOf(0.5, 60);
  pace.idled();
  pace.took(100_000);
  expect(pace.isWorthStarting({ waiting: 100, sinceMs: 100_000, ready: 2, saturated: false }, 100_001)).toBe(false);
});

test("events that wait for this process itself are no reason for another environment", () => {
  const pace = paceOf(0.5, 60);
  const backlog = { waiting: 1000, sinceMs: 1000, ready: 2 };
  expect(pace.isWorthStarting({ ...backlog, saturated: false }, 1001)).toBe(true);
  expect(pace.isWorthStarting({ ...backlog, saturated: true }, 1001)).toBe(false);
  expect(new Pace().isWorthStarting({ ...backlog, saturated: true }, 1001), "nothing is known yet").toBe(true);
});
