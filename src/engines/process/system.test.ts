import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock, testClock } from "../../kernel/clock.ts";
import { createSecretMask } from "./mask.ts";
import type { ProcessSpec } from "./port.ts";
import { systemProcesses } from "./system.ts";

const processes = systemProcesses({ clock: systemClock() });
afterEach(() => processes[Symbol.asyncDispose]());

const bash = (script: string, more: Partial<ProcessSpec> = {}): ProcessSpec => ({
  // Without --norc, bash takes an input that is a socket for a remote login and reads the user's own settings.
  argv: ["/bin/bash", "--norc", "-c", script],
  cwd: tmpdir(),
  env: { PATH: "/usr/bin:/bin" },
  ...more,
});

const run = async (spec: ProcessSpec, port = processes) => {
  const lines: string[] = [];
  const child = port.start({ ...spec, onLine: (line) => lines.push(line.text) });
  return { exit: await child.exited, lines, pid: child.pid ?? 0 };
};

/** Processes that are alive, not those a host without a reaper keeps as zombies. */
const living = (marker: string): number =>
  readdirSync("/proc").filter((pid) => {
    try {
      const alive = !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
      return /^\d+$/.test(pid) && alive && readFileSync(`/proc/${pid}/environ`, "utf8").includes(marker);
    } catch {
      return false;
    }
  }).length;

describe("a process", () => {
  it("gives its lines and its exit code", async () => {
    const { exit, lines } = await run(bash("echo one; printf 'two\\r\\nthree'; exit 3"));
    expect(lines).toEqual(["one", "two", "three"]);
    expect(exit).toEqual({ kind: "exited", code: 3 });
  });

  it("knows nothing of this process's environment", async () => {
    process.env["AWS_SECRET_ACCESS_KEY"] = "of the host";
    const { lines } = await run({ ...bash(""), argv: ["/usr/bin/env"], marker: "m1" });
    delete process.env["AWS_SECRET_ACCESS_KEY"];
    expect(lines.sort()).toEqual(["ALOFT_PROCESS=m1", "PATH=/usr/bin:/bin"]);
  });

  it("reads what is written to it, and an empty input otherwise", async () => {
    const lines: string[] = [];
    const child = processes.start(bash("cat", { stdin: true, onLine: (line) => lines.push(line.text) }));
    await child.write("hello\n");
    child.end();
    await child.exited;
    await child.write("too late");
    expect(lines).toEqual(["hello"]);
    expect((await run(bash("cat"))).lines).toEqual([]);
  });

  it("is reported when it cannot be started", async () => {
    const { exit } = await run({ ...bash(""), argv: ["/no/such/program"] });
    expect(exit).toMatchObject({ kind: "notStarted", message: expect.stringContaining("ENOENT") });
    const inNowhere = await run(bash("true", { cwd: "/no/such/folder" }));
    expect(inNowhere.exit.kind).toBe("notStarted");
    const broken = await run({ ...bash(""), argv: ["/bin/echo", "\0"] });
    expect(broken.exit.kind).toBe("notStarted");
  });

  it("reports the signal that ended it", async () => {
    expect((await run(bash("kill -SEGV $$"))).exit).toEqual({ kind: "signalled", signal: "SIGSEGV" });
  });

  it("has its secrets masked, also across pieces of a long line", async () => {
    const mask = createSecretMask(["hunter22"]);
    const { lines } = await run(bash("printf 'aaaaahunter22bbbbbb'; echo", { mask, limits: { maxLineBytes: 8 } }));
    expect(lines.join("")).toBe("aaaaa***bbbbbb");
  });

  it("is cut off when it says too much", async () => {
    const { lines, exit } = await run(bash("yes | head -c 100000", { limits: { maxTotalBytes: 10 } }));
    expect(lines).toEqual(["y", "y", "y", "y", "y", "Output is longer than 10 bytes; the rest is dropped."]);
    expect(exit.kind).toBe("exited");
  });
});

describe("the end of a process", () => {
  it("comes by timeout, on the cloud's clock", async () => {
    const clock = testClock();
    await using port = systemProcesses({ clock });
    const child = port.start(bash("sleep 60", { timeoutMs: 600_000 }));
    clock.advance(600_000);
    expect(await child.exited).toEqual({ kind: "timedOut" });
  });

  it("comes by abort, before or after its start", async () => {
    const controller = new AbortController();
    const child = processes.start(bash("sleep 60", { signal: controller.signal }));
    controller.abort();
    expect(await child.exited).toEqual({ kind: "stopped" });
    const late = processes.start(bash("sleep 60", { signal: controller.signal }));
    expect(await late.exited).toEqual({ kind: "stopped" });
  });

  it("is forced on one that will not go", async () => {
    const child = processes.start(
      bash("trap '' TERM; echo ready; while :; do sleep 0.01; done", { graceMs: 20, onLine: () => child.stop() }),
    );
    expect(await child.exited).toEqual({ kind: "stopped" });
  });

  it("takes its children with it", async () => {
    const fork = "for i in 1 2 3; do (trap '' TERM; sleep 61 & sleep 61) & done;";
    const stopped = processes.start(
      bash(`${fork} echo; wait`, { marker: "forks-1", graceMs: 10, onLine: () => stopped.stop() }),
    );
    await stopped.exited;
    expect(living("ALOFT_PROCESS=forks-1")).toBe(0);
    await run(bash(`${fork} exit 0`, { marker: "forks-2" }));
    expect(living("ALOFT_PROCESS=forks-2")).toBe(0);
  });

  it("finds those that left the group by their marker", async () => {
    await run(bash("setsid sleep 62 >/dev/null 2>&1 & sleep 0.05", { marker: "stray" }));
    expect(await processes.killMarked("stray")).toBe(1);
    expect(await processes.killMarked("stray")).toBe(0);
  });

  it("does not wait for a stray that holds the output open", async () => {
    const { exit } = await run(bash("setsid sleep 63 & sleep 0.05; exit 0", { marker: "holder" }));
    expect(exit).toEqual({ kind: "exited", code: 0 });
    expect(await processes.killMarked("holder")).toBe(1);
  });

  it("comes with disposal", async () => {
    const port = systemProcesses({ clock: systemClock() });
    const child = port.start(bash("sleep 64", { marker: "disposed" }));
    await port[Symbol.asyncDispose]();
    expect(await child.exited).toEqual({ kind: "stopped" });
    expect(living("ALOFT_PROCESS=disposed")).toBe(0);
  });
});
