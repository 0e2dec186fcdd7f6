import { spawn } from "node:child_process";
import type { Duplex, Readable } from "node:stream";
import type { ChildExit } from "./failures.ts";
import { Warden } from "./warden.ts";

/** How to start an execution environment's process. */
export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it speaks with us over a socket of its own, as our Node.js bootstrap does. */
  readonly hasChannel?: boolean;
}

/** A running process with its output. */
export interface Child {
  readonly pid: number | undefined;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Descriptor 3: framed log messages, as AWS's runtimes write them. */
  readonly telemetry: Readable;
  /** Descriptor 4, where the command asks for it. */
  readonly channel?: Duplex;
  /** Resolves once it is gone and its output is read; `error` says why it could not start at all. */
  readonly ended: Promise<ChildExit & { readonly error?: Error }>;
  /** Stands it and whatever it started still, or lets them go on. */
  freeze(frozen: boolean): void;
  /** Tells it that it is to end. */
  terminate(): void;
  /** Ends it and whatever it started, at once. */
  kill(): void;
}

/** Starts processes; a port, so that a simulation can put its own in place. */
export type LaunchChild = (command: ChildCommand) => Child;

const warden = new Warden();

/** Starts operating system processes, each the leader of its own group. */
export const launchChild: LaunchChild = ({ file, args, cwd, env, hasChannel = false }) => {
  const child = spawn(file, [...args], {
    cwd,
    env: { ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe", ...(hasChannel ? (["pipe"] as const) : [])],
  });
  const ended = new Promise<ChildExit & { readonly error?: Error }>((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("close", (code, signal) => resolve({ code, signal }));
    // `close` waits for everyone who holds the pipes: what a function left running must not hold up its end.
    child.once("exit", () => {
      signalGroup(child.pid, "SIGKILL");
      warden.free(child.pid);
    });
  });
  const [, stdout, stderr, telemetry, channel] = [...child.stdio];
  if (!isReadable(stdout) || !isReadable(stderr) || !isReadable(telemetry))
    throw new Error("the child process has no output pipes");
  return {
    pid: child.pid,
    stdout,
    stderr,
    telemetry,
    ...(isDuplex(channel) ? { channel } : {}),
    ended,
    freeze: (frozen) => {
      if (frozen) warden.hold(child.pid);
      signalGroup(child.pid, frozen ? "SIGSTOP" : "SIGCONT");
      if (!frozen) warden.free(child.pid);
    },
    terminate: () => void child.kill("SIGTERM"),
    kill: () => signalGroup(child.pid, "SIGKILL"),
  };
};

const isReadable = (stream: unknown): stream is Readable =>
  typeof stream === "object" && stream !== null && "on" in stream && "read" in stream;

const isDuplex = (stream: unknown): stream is Duplex => isReadable(stream) && "write" in stream;

const signalGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Gone already, which is what was wanted.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
};
