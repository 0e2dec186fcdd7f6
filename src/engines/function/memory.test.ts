import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { memoryOf } from "./memory.ts";

const SLEEPER = "process.stdout.write('up'); setInterval(() => {}, 1000)";
/** Starts a sleeper, from its main thread or from another, and tells its id once that is up. */
const parentOf = (thread: "main" | "worker") => {
  const start = `const c = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(SLEEPER)}]);`;
  const tell = "c.stdout.once('data', () => require('node:fs').writeSync(1, String(c.pid)));";
  const code = `${start}${tell}`;
  return thread === "main"
    ? `${code} process.on('SIGTERM', () => { c.kill(); process.exit() })`
    : `const w = new (require('node:worker_threads').Worker)(${JSON.stringify(`${code} require('node:worker_threads').parentPort.on('message', () => { c.kill(); process.exit() })`)}, { eval: true }); process.on('SIGTERM', () => w.postMessage('end'))`;
};

describe.runIf(process.platform === "linux")("the memory of a process", () => {
  it.each([
    ["main", "main thread", true],
    ["main", "all threads", true],
    ["worker", "all threads", true],
    ["worker", "main thread", false],
  ] as const)("with what its %s thread started, asked for %s", async (thread, starters, isCounted) => {
    const parent = spawn(process.execPath, ["-e", parentOf(thread)], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const [child] = await once(parent.stdout, "data");
      const alone = memoryOf(Number(child), "all threads")?.peakMb ?? 0;
      const both = memoryOf(parent.pid ?? 0, starters)?.peakMb ?? 0;
      expect(alone).toBeGreaterThan(1);
      // Both are the same program, the parent with a thread more.
      expect(both > 1.7 * alone).toBe(isCounted);
    } finally {
      parent.kill();
      await once(parent, "exit");
    }
  });

  it("is not told of one that is gone", async () => {
    const gone = spawn(process.execPath, ["-e", "0"]);
    await once(gone, "exit");
    expect(memoryOf(gone.pid ?? 0, "all threads")).toBeUndefined();
  });
});
