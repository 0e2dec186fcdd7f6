import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openClock } from "./keptClock.ts";

const HOUR_MS = 3_600_000;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aloft-clock-"));
  path = join(folder, "clock.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a clock that nobody moved is the machine's, and leaves no file", () => {
  openClock(path, 1).close();
  expect(existsSync(path)).toBe(false);
});

test.each([
  ["ended", true],
  ["killed", false],
])("an advanced clock is as far on after its process was %s", (_how, isClosed) => {
  const first = openClock(path, 1);
  first.clock.advance(HOUR_MS);
  const before = first.clock.now();
  if (isClosed) first.close();
  const { clock } = openClock(path, 1);
  expect(clock.now()).toBeGreaterThanOrEqual(before);
  expect(clock.now() - Date.now()).toBeLessThan(HOUR_MS + 60_000);
});

test("a clock that stood stands where it stood, and passes again when it is let go", () => {
  const first = openClock(path, 1);
  first.clock.pause();
  const stood = first.clock.now();
  first.close();
  const { clock } = openClock(path, 1);
  expect([clock.now(), clock.rate()]).toEqual([stood, 0]);
  clock.resume();
  expect(clock.rate()).toBe(1);
});

test("a fast clock does not fall back: at a kill it went on at its speed, at an end at the machine's", () => {
  const minuteAgo = Date.now() - 60_000;
  writeFileSync(path, JSON.stringify({ time: minuteAgo, since: minuteAgo, rate: 60 }));
  const killed = openClock(path, 60);
  expect(killed.clock.now() - Date.now()).toBeGreaterThanOrEqual(59 * 60_000);
  const before = killed.clock.now();
  killed.close();
  const ended = openClock(path, 1).clock;
  expect(ended.now()).toBeGreaterThanOrEqual(before);
  expect(ended.rate()).toBe(1);
});

test("without a place to keep it, a clock begins at the machine's time", () => {
  const { clock, close } = openClock(undefined, 60);
  clock.advance(HOUR_MS);
  close();
  expect(openClock(undefined, 1).clock.now()).toBeLessThan(Date.now() + 60_000);
});
