import { expect, test } from "vitest";
import { systemClock } from "./clock.ts";

test("a paused clock stands until it is advanced or let go", async () => {
  const clock = systemClock({ scale: 1000 });
  clock.pause();
  expect(clock.rate()).toBe(0);
  const stood = clock.now();
  let woke = false;
  const slept = clock.sleep(60_000).then(() => {
    woke = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect([clock.now(), woke]).toEqual([stood, false]);
  clock.advance(60_000);
  await slept;
  expect(clock.now()).toBe(stood + 60_000);
  clock.resume();
  expect(clock.rate()).toBe(1000);
  // A minute of the cloud is a moment of the machine's now.
  await clock.sleep(60_000);
  expect(clock.now()).toBeGreaterThanOrEqual(stood + 120_000);
});
