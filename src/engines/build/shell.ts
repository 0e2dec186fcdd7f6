import { join } from "node:path";
import type { Ids } from "../../kernel/ids.ts";
import type { SecretMask } from "../process/mask.ts";
import type { ProcessExit, ProcessPort, RunningProcess } from "../process/port.ts";

/** The shell in which a build's commands run, one after the other. */
export interface BuildShell {
  /** Runs one command, of any number of lines; resolves with its exit status. */
  run(command: string): Promise<number>;
  /** Runs a command and gives what it prints instead of logging it. */
  capture(command: string): Promise<string>;
  /** Ends the shell and everything it started. */
  close(): Promise<void>;
}

export interface ShellOptions {
  readonly processes: ProcessPort;
  readonly ids: Ids;
  readonly mask: SecretMask;
  /** Where commands begin. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** A folder of the engine's own. */
  readonly stateDirectory: string;
  /** 0.1: what a command leaves in its shell is gone with it. */
  readonly isolated: boolean;
  readonly marker: string;
  readonly onOutput: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * One bash for all commands, so that `cd`, variables and functions last from one to the next. A command that ends its shell
 * (`exit 1`, `set -e`) fails or succeeds by itself: the next one gets a new shell with the old one's state.
 */
export const createBuildShell = (options: ShellOptions): BuildShell => {
  const mark = markOf(options.ids);
  let bash: Bash | undefined;
  let collect: string[] | undefined;
  const onOutput = (line: string) => {
    if (collect) collect.push(line);
    else options.onOutput(line);
  };
  const run = async (command: string): Promise<number> => {
    if (bash?.hasEnded()) {
      await bash.exited;
      bash = undefined;
    }
    bash ??= startBash(options, mark, onOutput);
    const status = await bash.run(command);
    if (options.isolated) await close();
    return status;
  };
  const close = async () => {
    bash?.close();
    await bash?.exited;
    bash = undefined;
  };
  return {
    run,
    capture: async (command) => {
      collect = [];
      await run(command);
      const lines = collect;
      collect = undefined;
      return lines.join("\n");
    },
    close,
  };
};

interface Bash {
  run(command: string): Promise<number>;
  hasEnded(): boolean;
  close(): void;
  readonly exited: Promise<ProcessExit>;
}

const startBash = (options: ShellOptions, mark: string, onOutput: (line: string) => void): Bash => {
  let settle: ((status: number) => void) | undefined;
  let ended = false;
  const finish = (status: number) => {
    settle?.(status);
    settle = undefined;
  };
  const child: RunningProcess = options.processes.start({
    // Without --norc, bash takes an input that is a socket for a remote login and reads the user's settings.
    argv: ["bash", "--norc", "--noprofile", "-c", DRIVER],
    cwd: options.cwd,
    env: options.env,
    stdin: true,
    mask: options.mask,
    marker: options.marker,
    signal: options.signal,
    // The log has its own bound; a dropped line could be a mark.
    limits: { maxTotalBytes: Number.MAX_SAFE_INTEGER },
    onLine: ({ text }) => {
      if (!text.startsWith(mark)) return onOutput(text);
      const [, status, last] = text.split(" ");
      ended ||= last === "last";
      // A shell that is ended before its command began would call that command a success.
      finish(options.signal.aborted ? KILLED : Number(status));
    },
  });
  const exited = child.exited.then((exit) => {
    ended = true;
    if (exit.kind === "notStarted") onOutput(exit.message);
    finish(statusOf(exit));
    return exit;
  });
  const state = options.isolated ? "" : join(options.stateDirectory, "shell-state");
  void child.write(`${mark}\0${state}\0`);
  return {
    run: (command) =>
      new Promise((resolve) => {
        settle = resolve;
        if (ended) finish(NOT_RUN);
        else void child.write(`${command.replaceAll("\0", "")}\0`);
      }),
    hasEnded: () => ended,
    close: () => child.end(),
    exited,
  };
};

/**
 * Reads commands from its input, each ended by NUL, and marks the end of each with its status. The line break before the mark
 * is there on AWS too. A group around each of the driver's own steps keeps it out of the sight of a command's `set -x`.
 */
const DRIVER = `exec 3<&0 </dev/null 2>&1
IFS= read -r -d '' __aloft_mark <&3
IFS= read -r -d '' __aloft_state <&3
trap '{ __aloft_status=$?
  if [ -n "$__aloft_state" ]; then
    { declare -p; declare -f; printf "cd %q\\n" "$PWD"; } >"$__aloft_state"
  fi
  printf "\\n%s %d last\\n" "$__aloft_mark" "$__aloft_status"
} 2>/dev/null' EXIT
{ [ -s "$__aloft_state" ] && . "$__aloft_state"; } 2>/dev/null
while { IFS= read -r -d '' __aloft_command <&3; } 2>/dev/null; do
  eval "$__aloft_command" 3<&-
  { printf '\\n%s %d\\n' "$__aloft_mark" "$?"; } 2>/dev/null
done
trap - EXIT`;

/** The status of a command whose shell could not be asked. */
const NOT_RUN = 127;
/** 128 and the number of SIGKILL. */
const KILLED = 137;

const statusOf = (exit: ProcessExit): number => {
  if (exit.kind === "exited") return exit.code;
  return exit.kind === "notStarted" ? NOT_RUN : KILLED;
};

/** Characters no program prints by chance and no secret contains, so that no mask ever hides the mark. */
const markOf = (ids: Ids): string =>
  Array.from(ids.bytes(16), (byte) => String.fromCharCode(1 + (byte & 7), 1 + ((byte >> 3) & 7))).join("");
