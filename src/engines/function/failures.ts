import { basename } from "node:path";

/** How an invocation ends that the function itself did not answer; the documents are AWS's own. */
export interface Failure {
  /** `Runtime.ExitError`, as REPORT lines and error documents name it. */
  readonly errorType: string;
  readonly errorMessage: string;
  /** REPORT's status. */
  readonly status: "error" | "timeout" | "failure";
}

/** The function took longer than it may. */
export const timedOut = (requestId: string, timeoutMs: number): Failure => ({
  errorType: "Sandbox.Timedout",
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  status: "timeout",
});

/** The process ended before it answered. */
export const exited = (requestId: string, exit: ChildExit): Failure => ({
  errorType: "Runtime.ExitError",
  errorMessage: `RequestId: ${requestId} Error: ${exitReason(exit)}`,
  status: "error",
});

/** The process used more memory than the function has. */
export const outOfMemory = (requestId: string): Failure => ({
  errorType: "Runtime.OutOfMemory",
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  status: "error",
});

/**
 * The function's temporary files take more than they may. Differs: AWS tells the writer that there is no space left; here the
 * files lie in a folder without a limit of its own, so the process ends.
 */
export const outOfStorage = (requestId: string): Failure => ({
  errorType: "Runtime.OutOfStorage",
  errorMessage: `RequestId: ${requestId} Error: No space left on device`,
  status: "error",
});

/** What the handler returned is more than Lambda passes on. */
export const responseTooLarge = (maxBytes: number): Failure => ({
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${maxBytes} bytes).`,
  status: "error",
});

/** No process could be started, for instance as an archive for `provided.al2023` has no `bootstrap`. */
export const notStarted = (requestId: string, errorType: string, reason: string): Failure => ({
  errorType,
  errorMessage: `RequestId: ${requestId} Error: ${reason}`,
  status: "error",
});

/** The command is there, but the system does not run it: AWS's words for a wrapper script, and for a `bootstrap`. */
export const notLaunched = (
  requestId: string,
  error: NodeJS.ErrnoException,
  command: { readonly file: string; readonly cwd: string; readonly isWrapped?: boolean },
): Failure => {
  const { code = "" } = error;
  // AWS starts wrappers by a shell, whose exit codes these are.
  if (command.isWrapped) return exited(requestId, { code: code === "ENOENT" ? 127 : 126, signal: null });
  const folder = command.file.startsWith(`${command.cwd}/`) ? "/var/task" : "/opt";
  const reason = LAUNCH_REASONS[code] ?? error.message;
  return notStarted(requestId, "Runtime.InvalidEntrypoint", `fork/exec ${folder}/${basename(command.file)}: ${reason}`);
};

const LAUNCH_REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ENOENT: "no such file or directory",
  ENOEXEC: "exec format error",
};

/** How a child process ended. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The document a caller sees. */
export const failurePayload = ({ errorType, errorMessage }: Failure): Buffer =>
  Buffer.from(JSON.stringify({ errorType, errorMessage }));

const SIGNAL_NAMES: Readonly<Record<string, string>> = {
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGHUP: "hangup",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
  SIGTRAP: "trace/breakpoint trap",
};

const exitReason = ({ code, signal }: ChildExit): string => {
  if (signal) return `Runtime exited with error: signal: ${SIGNAL_NAMES[signal] ?? signal}`;
  return code ? `Runtime exited with error: exit status ${code}` : "Runtime exited without providing a reason";
};
