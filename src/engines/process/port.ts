/** Starts child processes. A port, so that a simulation can run a whole cloud without any. */
export interface ProcessPort {
  /** Starts one process in a group of its own. A program that cannot be started is reported by `exited`, not thrown. */
  start(spec: ProcessSpec): RunningProcess;
  /**
   * Kills every process that carries `MARKER_VARIABLE=marker` in its environment, wherever it has hidden: what left its
   * group on purpose, or what outlived the crash of the process that started it. Resolves with how many there were.
   */
  killMarked(marker: string): Promise<number>;
}

/** What to run, and everything it may know: nothing of this process's environment reaches it unless it is listed here. */
export interface ProcessSpec {
  /** The program and its arguments; no shell reads them. */
  readonly argv: readonly [program: string, ...args: string[]];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the process reads what `write` gives it; otherwise its input is empty. */
  readonly stdin?: boolean;
  /** Called for each line of output, without its line break. */
  readonly onLine?: (line: OutputLine) => void;
  /** Called with the bytes of the standard output instead, for what is no text. No more is read before a promise it gives resolves. */
  readonly onBytes?: (chunk: Buffer) => void | Promise<void>;
  readonly limits?: Partial<OutputLimits>;
  /** Replaces what must not be seen before a line leaves this engine. */
  readonly mask?: Mask;
  /** Ends the process after this much of the cloud's time. */
  readonly timeoutMs?: number;
  /** How long the machine's time lasts between SIGTERM and SIGKILL. */
  readonly graceMs?: number;
  readonly signal?: AbortSignal;
  /** Found again by `killMarked`. */
  readonly marker?: string;
}

/** One line of a process's output. */
export interface OutputLine {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** Bounds on what a process may say. */
export interface OutputLimits {
  /** A longer line is given in pieces. */
  readonly maxLineBytes: number;
  /** What comes after is dropped, and one line says so. */
  readonly maxTotalBytes: number;
}

/** Hides secrets in text. */
export interface Mask {
  readonly apply: (text: string) => string;
  /** The length of the longest secret: a line is never cut within this distance of an unread end. */
  readonly longest: number;
}

/** A process that has been started. */
export interface RunningProcess {
  /** Absent when it could not be started. */
  readonly pid: number | undefined;
  /** Resolves once the process has ended, all of its output has been given and its group is gone. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Asks the whole group to end, then makes it. */
  stop(): void;
  /** Resolves when the process can take more; writing to one that has ended does nothing. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Closes the process's input. */
  end(): void;
}

/** How a process ended. */
export type ProcessExit =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string }
  | { readonly kind: "timedOut" }
  /** Ended because it was asked to: `stop`, an aborted signal, or disposal. */
  | { readonly kind: "stopped" }
  | { readonly kind: "notStarted"; readonly message: string };

/** The environment variable that carries a process's marker. */
export const MARKER_VARIABLE = "ALOFT_PROCESS";

/** Five seconds, as Docker and systemd-run services commonly expect to be given at the least. */
export const DEFAULT_GRACE_MS = 5_000;

export const DEFAULT_OUTPUT_LIMITS: OutputLimits = { maxLineBytes: 64 * 1024, maxTotalBytes: 64 * 1024 * 1024 };
