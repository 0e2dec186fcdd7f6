import { expect, test } from "vitest";
import { parseDuration } from "./duration.ts";

test.each([
  ["10m", 600_000],
  ["90s", 90_000],
  ["1h30m", 5_400_000],
  ["2d", 172_800_000],
  ["1.5h", 5_400_000],
  ["250ms", 250],
])("%s", (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each(["", "10", "m", "10 minutes", "-5m", "5m!"])("%s is no duration", (text) =>
  expect(() => parseDuration(text)).toThrow("A duration is such as"),
);
