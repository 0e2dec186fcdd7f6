import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
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
    // Each waits until the other is there, so one environment could not do.
    const meeting = fixture.write(
      {
        "index.mjs":
          "import { existsSync, writeFileSync } from 'node:fs'; const at = (who) => process.cwd() + '/' + who; export const handler = async ({ me, other }) => { writeFileSync(at(me), ''); while (!existsSync(at(other))) await new Promise((r) => setTimeout(r, 5)); return process.pid }",
      },
      { timeoutMs: 20_000 },
    );
    const both = await Promise.all([
      fixture.invoke(meeting, { me: "a", other: "b" }),
      fixture.invoke(meeting, { me: "b", other: "a" }),
    ]);
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

  test("a handler that blocks its event loop times out, and another environment takes its place", async () => {
    await using fixture = engineFixture();
    const code =
      "import { writeFileSync } from 'node:fs'; export const handler = async ({ block }) => { if (block) { writeFileSync(block, String(process.pid)); for (;;); } return process.pid }";
    const spec = fixture.write({ "index.mjs": code }, { timeoutMs: 1000 });
    const block = join(fixture.taskRoot(spec), "blocked");
    const { outcome, json } = await fixture.invoke(spec, { block }, { requestId: "r" });
    expect({ outcome, json }).toMatchObject({ outcome: "error", json: { errorType: "Sandbox.Timedout" } });
    const blocked = Number(readFileSync(block, "utf8"));
    await until(() => !alive(blocked));
    const next = await fixture.invoke(spec, {});
    expect(next.outcome).toBe("success");
    expect(next.json).not.toBe(blocked);
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

describe("between events", () => {
  test.skipIf(process.platform !== "linux")("what a handler left running stands still", async () => {
    await using fixture = engineFixture();
    const spec = fixture.write({
      "index.mjs": "setInterval(() => {}, 5); export const handler = async () => process.pid",
    });
    const { json: pid } = await fixture.invoke(spec);
    // The state "stopped", as the operating system has it.
    await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, "utf8")).toMatch(/\) T /), { timeout: 10_000 });
    expect((await fixture.invoke(spec)).json).toBe(pid);
  });

  test("environments are kept ready, and say why they were started", async () => {
    await using fixture = engineFixture();
    const spec = fixture.write({
      "index.mjs": "export const handler = async () => process.env.AWS_LAMBDA_INITIALIZATION_TYPE",
    });
    fixture.engine.provision(spec, 2);
    await vi.waitFor(() => expect(fixture.engine.provisioned(spec).allocated).toBe(2), { timeout: 10_000 });
    expect((await fixture.invoke(spec)).json).toBe("provisioned-concurrency");
    // One that has just answered has no event, whether it has asked for the next one yet or not.
    expect(fixture.engine.provisioned(spec).available).toBe(2);
    const broken = fixture.write({ "index.mjs": "throw new Error('no')" });
    fixture.engine.provision(broken, 1);
    await vi.waitFor(() => expect(fixture.engine.provisioned(broken).failure).toBe(true), { timeout: 10_000 });
  });
});

describe("bad handlers", () => {
  test("a start that fails is tried once more within the invocation", async () => {
    await using fixture = engineFixture();
    const spec = fixture.write({
      "index.mjs":
        "import { existsSync, writeFileSync } from 'node:fs'; import { join } from 'node:path'; const mark = join(process.cwd(), 'tried'); if (!existsSync(mark)) { writeFileSync(mark, ''); throw new Error('first') } export const handler = async (event, context) => context.getRemainingTimeInMillis()",
    });
    const { outcome, json: leftMs } = await fixture.invoke(spec, {}, { tail: true });
    expect(outcome).toBe("success");
    expect(Number.isInteger(leftMs) && Number(leftMs) < 3000, `${leftMs} ms are left`).toBe(true);
    expect(fixture.messages.filter((line) => line.startsWith("INIT_REPORT"))).toHaveLength(1);
    // What the second attempt takes is the invocation's own time.
    expect(fixture.messages.find((line) => line.startsWith("REPORT"))).not.toContain("Init Duration");
  });

  test("a second attempt that takes too long is told in the log", async () => {
    await using fixture = engineFixture();
    const code =
      "import { existsSync, writeFileSync } from 'node:fs'; import { join } from 'node:path'; const mark = join(process.cwd(), 'tried'); if (!existsSync(mark)) { writeFileSync(mark, ''); throw new Error('first') } await new Promise((r) => setTimeout(r, 60_000)); export const handler = async () => 'never'";
    const spec = fixture.write({ "index.mjs": code }, { timeoutMs: 1500 });
    expect((await fixture.invoke(spec)).json).toMatchObject({ errorType: "Sandbox.Timedout" });
    expect(fixture.messages.filter((line) => line.includes("Task timed out after 1.50 seconds"))).toHaveLength(1);
  });

  test("temporary files beyond the limit, and the memory of what a handler started, end it", async () => {
    await using fixture = engineFixture();
    const files = fixture.write(
      {
        "index.mjs":
          "import { appendFileSync } from 'node:fs'; import { tmpdir } from 'node:os'; export const handler = async () => { for (;;) { appendFileSync(tmpdir() + '/f', Buffer.alloc(1e6, 1)); await new Promise((r) => setTimeout(r, 10)) } }",
      },
      { ephemeralMb: 5, timeoutMs: 10_000 },
    );
    expect((await fixture.invoke(files)).json).toMatchObject({ errorType: "Runtime.OutOfStorage" });
    const forks = fixture.write(
      {
        "index.mjs":
          "import { spawn } from 'node:child_process'; export const handler = async () => { spawn(process.execPath, ['-e', 'const a = []; setInterval(() => a.push(Buffer.alloc(2e7, 1)), 20)']); await new Promise((r) => setTimeout(r, 9000)) }",
      },
      { timeoutMs: 10_000 },
    );
    expect((await fixture.invoke(forks)).json).toMatchObject({ errorType: "Runtime.OutOfMemory" });
  });

  test("rubbish on the channel ends the process, not the engine", async () => {
    await using fixture = engineFixture();
    const spec = fixture.write({
      "index.mjs":
        "import { writeSync } from 'node:fs'; export const handler = async () => { writeSync(4, Buffer.alloc(64, 255)); await new Promise((r) => setTimeout(r, 2000)) }",
    });
    expect((await fixture.invoke(spec)).json).toMatchObject({ errorType: "Runtime.ExitError" });
    expect((await fixture.invoke(fixture.write({ "index.mjs": "export const handler = async () => 1" }))).json).toBe(1);
  });
});
