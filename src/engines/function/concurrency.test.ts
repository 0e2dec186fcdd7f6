import { expect, test } from "vitest";
import { createConcurrency } from "./concurrency.ts";
import { Throttled } from "./spec.ts";

const seat = (version: string, reservedConcurrency?: number) => ({
  key: `hello:${version}:r`,
  functionName: "hello",
  ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
});

test("a function runs within what it has reserved, all others within what the account has left", () => {
  const concurrency = createConcurrency(() => 1);
  concurrency.enter(seat("$LATEST", 1));
  expect(() => concurrency.enter(seat("1", 1))).toThrow(Throttled);
  const other = { key: "other:$LATEST:r", functionName: "other" };
  concurrency.enter(other);
  expect(() => concurrency.enter(other)).toThrow(Throttled);
  concurrency.leave(other);
  concurrency.enter(other);
  concurrency.leave(seat("$LATEST", 1));
  concurrency.enter(seat("1", 1));
});

test("what is provisioned for a version is that version's alone, and the rest is everybody's", () => {
  const concurrency = createConcurrency(() => 1000);
  concurrency.provision(seat("1", 3), 2);
  concurrency.enter(seat("$LATEST", 3));
  expect(() => concurrency.enter(seat("$LATEST", 3))).toThrow(Throttled);
  concurrency.enter(seat("1", 3));
  concurrency.enter(seat("1", 3));
  expect(() => concurrency.enter(seat("1", 3))).toThrow(Throttled);
  concurrency.leave(seat("$LATEST", 3));
  // Beyond what is provisioned a version uses what others leave.
  concurrency.enter(seat("1", 3));
  for (let i = 0; i < 3; i++) concurrency.leave(seat("1", 3));
  concurrency.provision(seat("1", 3), 0);
  for (let i = 0; i < 3; i++) concurrency.enter(seat("$LATEST", 3));
});

test("what began before a version was provisioned counts as its own", () => {
  const concurrency = createConcurrency(() => 1000);
  concurrency.enter(seat("1", 3));
  concurrency.provision(seat("1", 3), 2);
  concurrency.enter(seat("1", 3));
  concurrency.leave(seat("1", 3));
  // One of the two runs yet, so one seat is kept and one is left for others.
  concurrency.enter(seat("$LATEST", 3));
  expect(() => concurrency.enter(seat("$LATEST", 3))).toThrow(Throttled);
});
