import { TEST_ACCOUNT, TEST_REGION, type TestCloud } from "./harness.ts";

/** Waits for work that itself waits for the cloud's time: each of its waits is over soon after it begins. */
export const whileTimePasses = async <T>(
  { clock, rooms }: Pick<TestCloud, "clock" | "rooms">,
  work: Promise<T>,
  stepMs = 1000,
) => {
  // What is counted is put away by CloudWatch, which is loaded for it: days would pass meanwhile.
  await rooms.open("cloudwatch", TEST_ACCOUNT, TEST_REGION);
  const isOver = work.then(() => true);
  const turn = () => new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  while (!(await Promise.race([isOver, turn()]))) clock.advance(stepMs);
  return work;
};
