import { type ChildProcess, spawn } from "node:child_process";
import type { Clock } from "../../kernel/clock.ts";
import { errorMessage } from "../../kernel/errors.ts";
import { endGroup, machineClock, signalGroup } from "./group.ts";
import { createLineSplitter, type LineSplitter } from "./lines.ts";
import { killMarked } from "./marked.ts";
import {
  DEFAULT_GRACE_MS,
  DEFAULT_OUTPUT_LIMITS,
  MARKER_VARIABLE,
  type ProcessExit,
  type ProcessPort,
  type ProcessSpec,
  type RunningProcess,
} from "./port.ts";

/** Real child processes; disposal ends all that still run. Timeouts are on the given clock. */
export const systemProcesses = ({ clock }: { readonly clock: Clock }): ProcessPort & AsyncDisposable => {
  const running = new Set<RunningProcess>();
  return {
    start: (spec) => {
      const child = startChild(spec, clock);
      running.add(child);
      void child.exited.then(() => running.delete(child));
      return child;
    },
    killMarked,
    [Symbol.asyncDispose]: async () => {
      const left = [...running];
      for (const child of left) child.stop();
      await Promise.all(left.map((child) => child.exited));
    },
  };
};

/** Pipes that a process outside the group holds open are given up after this long. */
const MAX_DRAIN_MS = 500;

const startChild = (spec: ProcessSpec, clock: Clock): RunningProcess => {
  const [program, ...args] = spec.argv;
  const child = spawnChild(program, args, spec);
  if (!(child instanceof Error)) return watch(child, spec, clock);
  return {
    pid: undefined,
    exited: Promise.resolve({ kind: "notStarted", message: child.message }),
    stop: () => {},
    write: async () => {},
    end: () => {},
  };
};

/** Spawning throws for some mistakes, such as an argument with a NUL, and reports others by an event. */
const spawnChild = (program: string, args: readonly string[], spec: ProcessSpec): ChildProcess | Error => {
  try {
    return spawn(program, args, {
      cwd: spec.cwd,
      env: spec.marker === undefined ? spec.env : { ...spec.env, [MARKER_VARIABLE]: spec.marker },
      // A group of its own, so that everything it starts can be ended with it.
      detached: true,
      shell: false,
      stdio: [spec.stdin ? "pipe" : "ignore", "pipe", "pipe"],
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(errorMessage(error));
  }
};

const watch = (child: ChildProcess, spec: ProcessSpec, clock: Clock): RunningProcess => {
  const done = new AbortController();
  let reason: "timedOut" | "stopped" | undefined;
  const stop = (why: "timedOut" | "stopped") => {
    if (reason || done.signal.aborted || child.pid === undefined) return;
    reason = why;
    void endKindly(child.pid, spec.graceMs ?? DEFAULT_GRACE_MS, done.signal);
  };
  const { splitters, held } = readOutput(child, spec);
  const onAbort = () => stop("stopped");
  const exited = (async (): Promise<ProcessExit> => {
    const exit = await exitOf(child);
    if (child.pid !== undefined) await endGroup(child.pid);
    await drained(child, held);
    for (const splitter of splitters) splitter.end();
    done.abort();
    spec.signal?.removeEventListener("abort", onAbort);
    return reason && exit.kind !== "notStarted" ? { kind: reason } : exit;
  })();
  if (spec.signal?.aborted) onAbort();
  spec.signal?.addEventListener("abort", onAbort, { once: true });
  if (spec.timeoutMs !== undefined) void afterTimeout(clock, spec.timeoutMs, done.signal, () => stop("timedOut"));
  // A process that ends without reading all of its input breaks the pipe: nothing to report.
  child.stdin?.on("error", () => {});
  return {
    pid: child.pid,
    exited,
    stop: () => stop("stopped"),
    write: (chunk) => writeTo(child, chunk),
    end: () => child.stdin?.end(),
  };
};

interface Output {
  readonly splitters: readonly LineSplitter[];
  /** What a reader that is behind has still to take; undefined when nothing waits for it. */
  readonly held: () => Promise<void> | undefined;
}

const readOutput = (child: ChildProcess, spec: ProcessSpec): Output => {
  const limits = { ...DEFAULT_OUTPUT_LIMITS, ...spec.limits };
  const budget = { remainingBytes: limits.maxTotalBytes };
  const onLine = spec.onLine ?? (() => {});
  const splitterOf = (stream: "stdout" | "stderr") =>
    createLineSplitter({ stream, limits, mask: spec.mask, onLine, budget });
  const stdout = splitterOf("stdout");
  const stderr = splitterOf("stderr");
  let held: Promise<void> | undefined;
  child.stdout?.on("data", (chunk: Buffer) => {
    const behind = spec.onBytes ? spec.onBytes(chunk) : stdout.push(chunk);
    if (!behind) return;
    child.stdout?.pause();
    held = behind.then(() => {
      held = undefined;
      child.stdout?.resume();
    });
  });
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  return { splitters: [stdout, stderr], held: () => held };
};

const exitOf = (child: ChildProcess): Promise<ProcessExit> =>
  new Promise((resolve) => {
    child.once("error", (error) => {
      if (child.pid === undefined) resolve({ kind: "notStarted", message: error.message });
    });
    child.once("exit", (code, signal) =>
      resolve(code === null ? { kind: "signalled", signal: signal ?? "SIGKILL" } : { kind: "exited", code }),
    );
  });

/**
 * Waits for the last output: `close` comes after it, but never while a stray process holds the pipe. The time a slow reader
 * takes does not count.
 */
const drained = async (child: ChildProcess, held: Output["held"]): Promise<void> => {
  const open = [child.stdout, child.stderr].filter((stream) => stream && !stream.closed);
  if (child.pid === undefined || open.length === 0) return;
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  do {
    await held();
    const bound = new AbortController();
    const given = machineClock.sleep(MAX_DRAIN_MS, bound.signal).catch(() => {});
    await Promise.race([closed, given]);
    bound.abort();
  } while (held());
  for (const stream of open) stream?.destroy();
};

/** SIGTERM to the group, then SIGKILL when its time is up. */
const endKindly = async (pid: number, graceMs: number, ended: AbortSignal): Promise<void> => {
  if (!signalGroup(pid, "SIGTERM")) return;
  try {
    await machineClock.sleep(graceMs, ended);
  } catch {
    return; // It ended in time.
  }
  signalGroup(pid, "SIGKILL");
};

const afterTimeout = async (clock: Clock, timeoutMs: number, ended: AbortSignal, act: () => void): Promise<void> => {
  try {
    await clock.sleep(timeoutMs, ended);
  } catch {
    return; // It ended in time.
  }
  act();
};

const writeTo = (child: ChildProcess, chunk: string | Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (!child.stdin?.writable) return resolve();
    child.stdin.write(chunk, () => resolve());
  });
