import { expect, test } from "vitest";
import { testClock } from "../../kernel/clock.ts";
import { createTurns } from "./turns.ts";

test("a destination is asked no more often than its rate allows, each by itself", async () => {
  const clock = testClock();
  const turns = createTurns({ clock });
  const { signal } = new AbortController();
  await turns.wait("a", 2, signal);
  await turns.wait("b", 2, signal);
  let isOver = false;
  const second = turns.wait("a", 2, signal).then(() => {
    isOver = true;
  });
  clock.advance(499);
  await Promise.resolve();
  expect(isOver).toBe(false);
  clock.advance(1);
  await second;
  turns.forget("a");
  await turns.wait("a", 2, signal);
});
