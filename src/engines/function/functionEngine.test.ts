import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { testClock } from "../../kernel/clock.ts";
import { engineFixture } from "./engineFixture.ts";
import { IDLE_TIMEOUT_MS } from "./limits.ts";
import { Throttled } from "./spec.ts";

const PID =
  "export const handler = async (event) => { if (event.ms) await new Promise((r) => setTimeout(r, event.ms)); return process.pid }";

const alive = (pid: unknown): boolean => {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
};

const until = async (isSo: () => boolean) => {
  const end = Date.now() + 5000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error("it never came to be so");
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe("environments", () => {
  test("one is used again, and concurrent events get their own", async () => {
    await using fixture = engineFixture();
    const spec = fixture.write({ "index.mjs": PID });
    const first = await fixture.invoke(spec);
    expect((await fixture.invoke(spec)).json).toBe(first.json);
    const both = await Promise.all([fixture.invoke(spec, { ms: 300 }), fixture.invoke(spec, { ms: 300 })]);
    expect(new Set(both.map(({ json }) => json)).size).toBe(2);
  });

  test("a change of code lets what runs finish, then ends it", async () => {
    await using fixture = engineFixture();
    const spec = fixture.write({ "index.mjs": PID });
    await fixture.invoke(spec);
    const running = fixture.invoke(spec, { ms: 200 });
    fixture.engine.retire(spec.key);
    const { json: pid, outcome } = await running;
    expect(outcome).toBe("success");
    await until(() => !alive(pid));
  });

  test("idle ones end after a while of the cloud's time; busy ones do not", async () => {
    const clock = testClock();
    await using fixture = engineFixture({ clock });
    const spec = fixture.write({ "index.mjs": PID });
    const { json: pid } = await fixture.invoke(spec);
    clock.advance(IDLE_TIMEOUT_MS / 2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(alive(pid)).toBe(true);
    clock.advance(IDLE_TIMEOUT_MS);
    await until(() => !alive(pid));
    expect((await fixture.invoke(spec)).json).not.toBe(pid);
  });

  test("one whose credentials end is not used again", async () => {
    const clock = testClock();
    const expiration = clock.now() + 3_600_000;
    await using fixture = engineFixture({
      clock,
      credentials: async () => ({
        accessKeyId: "A",
        secretAccessKey: "s",
        sessionToken: "t",
        expiration: Math.max(expiration, clock.now() + 10_000),
      }),
    });
    const spec = fixture.write({ "index.mjs": PID });
    const { json: pid } = await fixture.invoke(spec);
    expect((await fixture.invoke(spec)).json).toBe(pid);
    clock.advance(3_600_000);
    expect((await fixture.invoke(spec)).json).not.toBe(pid);
  });

  test("a spare process becomes the function that needs one", async () => {
    await using fixture = engineFixture();
    await fixture.engine.prepare();
    const spec = fixture.write(
      {
        "index.mjs":
          "export const handler = async () => [process.uptime(), process.cwd(), process.env.ALOFT_SPARE ?? null, process.env.X]",
      },
      { environment: { X: "y" } },
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [uptime, cwd, spare, variable] = (await fixture.invoke(spec)).json as [number, string, null, string];
    expect(uptime).toBeGreaterThan(0.25);
    expect(cwd).toContain(spec.key);
    expect([spare, variable]).toEqual([null, "y"]);
    const { json } = await fixture.invoke(
      fixture.write(
        { "index.mjs": "export const handler = async () => process.memoryUsage().rss" },
        { environment: { NODE_OPTIONS: "--no-deprecation" } },
      ),
    );
    expect(json).toBeGreaterThan(0);
  });

  test("nothing is left when the engine closes: no process, not even what a function started", async () => {
    const code = `import { spawn } from "node:child_process";
      export const handler = async () => [process.pid, spawn("sleep", ["60"]).pid, process.env.TMPDIR]`;
    let pids: unknown[] = [];
    let scratch = "";
    {
      await using fixture = engineFixture();
      pids = (await fixture.invoke(fixture.write({ "index.mjs": code }))).json as unknown[];
      scratch = String(pids[2]);
      expect(pids.slice(0, 2).map(alive)).toEqual([true, true]);
      expect(readdirSync(join(scratch, "..")).length).toBe(1);
    }
    await until(() => !pids.slice(0, 2).some(alive));
    expect(() => readdirSync(scratch)).toThrow("ENOENT");
  });
});

describe("limits", () => {
  test("time: the invocation fails, the environment is replaced", async () => {
    await using fixture = engineFixture();
    const spec = fixture.write({ "index.mjs": PID }, { timeoutMs: 1000 });
    const { json: pid } = await fixture.invoke(spec);
    const { outcome, json, logTail } = await fixture.invoke(spec, { ms: 60_000 }, { tail: true, requestId: "r-1" });
    expect({ outcome, json }).toEqual({
      outcome: "error",
      json: { errorType: "Sandbox.Timedout", errorMessage: "RequestId: r-1 Error: Task timed out after 1.00 seconds" },
    });
    const log = Buffer.from(logTail ?? "", "base64").toString();
    expect(log).toMatch(
      /^\S+Z r-1 Task timed out after 1\.00 seconds\n\nEND RequestId: r-1\nREPORT .*\tStatus: timeout\t\n/m,
    );
    expect((await fixture.invoke(spec)).json).not.toBe(pid);
  });

  test("time is the machine's: advancing the cloud's clock times nothing out", async () => {
    const clock = testClock();
    await using fixture = engineFixture({ clock });
    const spec = fixture.write({ "index.mjs": PID });
    await fixture.invoke(spec);
    const running = fixture.invoke(spec, { ms: 150 });
    clock.advance(600_000);
    expect((await running).outcome).toBe("success");
  });

  test("memory", async () => {
    await using fixture = engineFixture();
    const code =
      "export const handler = async () => { const all = []; for (;;) { all.push(Buffer.alloc(2e7, 1)); await new Promise((r) => setTimeout(r, 10)); } }";
    const { json } = await fixture.invoke(
      fixture.write({ "index.mjs": code }, { timeoutMs: 10_000 }),
      {},
      { requestId: "r" },
    );
    expect(json).toEqual({
      errorType: "Runtime.OutOfMemory",
      errorMessage: "RequestId: r Error: Runtime exited with error: signal: killed",
    });
  });

  test("the function's reserved and the account's concurrency", async () => {
    await using fixture = engineFixture({ unreservedConcurrency: () => 1 });
    const reserved = fixture.write({ "index.mjs": PID }, { functionName: "reserved", reservedConcurrency: 1 });
    const shared = fixture.write({ "index.mjs": PID });
    const running = [fixture.invoke(reserved, { ms: 200 }), fixture.invoke(shared, { ms: 200 })];
    const refusal = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      return error instanceof Throttled ? error.reason : error;
    };
    expect(await refusal(fixture.invoke(reserved))).toBe("ReservedFunctionConcurrentInvocationLimitExceeded");
    expect(await refusal(fixture.invoke(shared))).toBe("ConcurrentInvocationLimitExceeded");
    await Promise.all(running);
    expect((await fixture.invoke(reserved)).outcome).toBe("success");
  });

  test("many events at once all get their answer", async () => {
    await using fixture = engineFixture();
    const spec = fixture.write({ "index.mjs": "export const handler = async (event) => event" });
    const answers = await Promise.all(Array.from({ length: 300 }, (_, i) => fixture.invoke(spec, i)));
    expect(answers.map(({ json }) => json)).toEqual(Array.from({ length: 300 }, (_, i) => i));
  });

  test("a runtime that is not built is named", async () => {
    await using fixture = engineFixture();
    await expect(fixture.invoke(fixture.write({}, { runtime: "java21" }))).rejects.toThrow("java21");
  });
});
