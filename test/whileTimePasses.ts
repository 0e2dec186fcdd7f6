import type { TestCloud } from "./harness.ts";

/** Waits for work that itself waits for the cloud's time: each of its waits is over soon after it begins. */
export const whileTimePasses = async <T>({ clock }: Pick<TestCloud, "clock">, work: Promise<T>, stepMs = 1000) => {
  const isOver = work.then(() => true);
  const turn = () => new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  while (!(await Promise.race([isOver, turn()]))) clock.advance(stepMs);
  return work;
};
