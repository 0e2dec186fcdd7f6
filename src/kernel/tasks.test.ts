import { describe, expect, it } from "vitest";
import { createTasks } from "./tasks.ts";

const tasks = () =>
  createTasks((_name, error) => {
    throw error;
  });
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

describe("tasks", () => {
  it("are ended with the cloud, those that begin meanwhile too, and no more begin", async () => {
    const all = tasks();
    const reasons: string[] = [];
    const work = async (signal: AbortSignal) => {
      await untilAborted(signal);
      reasons.push(signal.reason.message);
    };
    all.spawn("first", async (signal) => {
      await work(signal);
      all.spawn("second", work);
    });
    await all.interrupt("a reset");
    expect(reasons).toEqual(["a reset", "a reset"]);
    all.stand("third", work);
    await all.stop();
    all.spawn("never", work);
    expect(reasons).toEqual(["a reset", "a reset", "the cloud is stopping"]);
  });

  it("leave nothing of themselves with what lives longer", async () => {
    const all = tasks();
    const signals: AbortSignal[] = [];
    for (let count = 0; count < 3; count++)
      all.spawn("short", async (signal) => {
        signals.push(signal);
      });
    await all.idle();
    await all.stop();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false]);
  });
});
