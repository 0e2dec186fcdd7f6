import { expect, test } from "vitest";
import { createSaturation } from "./saturation.ts";

/** An event loop that was idle and active for as long as the test says. */
const eventLoop = () => {
  const time = { idle: 0, active: 0 };
  return {
    time,
    now: () => time.idle + time.active,
    eventLoopUtilization: (current?: { idle: number; active: number }, before?: { idle: number; active: number }) => {
      const idle = (current ?? time).idle - (before?.idle ?? 0);
      const active = (current ?? time).active - (before?.active ?? 0);
      return { idle, active, utilization: active / (idle + active) };
    },
  };
};

test("a process without a moment to spare is saturated, and no longer once it had some", () => {
  const loop = eventLoop();
  const { isSaturated } = createSaturation(loop);
  expect(isSaturated()).toBe(false);
  loop.time.active += 100;
  expect(isSaturated()).toBe(true);
  loop.time.idle += 50;
  expect(isSaturated(), "the window is not over").toBe(true);
  loop.time.active += 50;
  expect(isSaturated()).toBe(false);
});

test("a busy moment after a long idle time is no load", () => {
  const loop = eventLoop();
  const { isSaturated } = createSaturation(loop);
  loop.time.idle += 10_000;
  loop.time.active += 90;
  expect(isSaturated()).toBe(false);
});

test("timers that come late tell of a machine that has no time, until one is punctual", () => {
  const { isSaturated, woke } = createSaturation(eventLoop());
  woke(5);
  expect(isSaturated()).toBe(false);
  woke(50);
  expect(isSaturated()).toBe(true);
  woke(1);
  expect(isSaturated()).toBe(false);
});
