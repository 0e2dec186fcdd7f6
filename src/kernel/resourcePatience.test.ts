import { expect, test } from "vitest";
import { patiently } from "./resourcePatience.ts";

/** Fails as often as is said, then answers; notes how long it was waited for. */
const failing = (times: number) => {
  const slept: number[] = [];
  let tries = 0;
  const work = async () => {
    if (tries++ < times) throw new Error("not yet");
    return "done";
  };
  const ctx = { sleep: async (ms: number) => void slept.push(ms) };
  return { slept, tryIt: (passes: boolean) => patiently(ctx, () => passes, work) };
};

test("what passes is waited for, a second at a time", async () => {
  const { slept, tryIt } = failing(2);
  expect(await tryIt(true)).toBe("done");
  expect(slept).toEqual([1000, 1000]);
});

test("after five seconds it is what it is", async () => {
  const { slept, tryIt } = failing(6);
  await expect(tryIt(true)).rejects.toThrow("not yet");
  expect(slept).toHaveLength(5);
});

test("what does not pass fails at once", async () => {
  const { slept, tryIt } = failing(1);
  await expect(tryIt(false)).rejects.toThrow("not yet");
  expect(slept).toEqual([]);
});
