import { expect, test } from "vitest";
import { MANAGED_RETRIES, type RetryPolicy, retryDelay } from "./deliveryPolicy.ts";

const policy = (more: Partial<RetryPolicy>): RetryPolicy => ({
  minDelayTarget: 10,
  maxDelayTarget: 40,
  numRetries: 4,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
  ...more,
});

const waits = (retries: RetryPolicy) =>
  Array.from({ length: retries.numRetries + 1 }, (_, index) => retryDelay(retries, index + 1)).map((ms) =>
    ms === undefined ? undefined : Math.round(ms / 1000),
  );

test.each<[string, Partial<RetryPolicy>, readonly (number | undefined)[]]>([
  ["evenly", {}, [10, 20, 30, 40, undefined]],
  ["by sums", { backoffFunction: "arithmetic" }, [10, 15, 25, 40, undefined]],
  ["by powers of two", { backoffFunction: "exponential" }, [10, 14, 23, 40, undefined]],
  ["by the same factor", { backoffFunction: "geometric" }, [10, 16, 25, 40, undefined]],
  [
    "in phases",
    { numRetries: 6, numNoDelayRetries: 1, numMinDelayRetries: 2, numMaxDelayRetries: 2 },
    [0, 10, 10, 40, 40, 40, undefined],
  ],
])("waits grow %s", (_case, more, expected) => {
  expect(waits(policy(more))).toEqual(expected);
});

test("what lies within AWS is tried at once, then ever less often, for weeks", () => {
  const seconds = [1, 3, 4, 5, 6, 15, 16, 100_015].map((failed) => (retryDelay(MANAGED_RETRIES, failed) ?? 0) / 1000);
  expect(seconds).toEqual([0, 0, 1, 1, 1, 20, 20, 20]);
  expect(retryDelay(MANAGED_RETRIES, 100_016)).toBeUndefined();
});
