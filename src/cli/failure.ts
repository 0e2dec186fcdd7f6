import { errorCode, errorMessage } from "../kernel/errors.ts";
import { LaunchFailed, LaunchMisused } from "../launch/progress.ts";
import { awsFailureOf } from "./awsFailure.ts";
import { UsageError } from "./settings.ts";

/** A command that could not do its work: what happened and why, and the next command to type. */
export class CliError extends Error {
  readonly next: string;
  constructor(message: string, next: string) {
    super(message);
    this.name = "CliError";
    this.next = next;
  }
}

/** Exit codes: 1 the work failed, 2 the command was misused. */
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** Prints a failure for a person or, with `--json`, for a program, and answers the exit code. */
export const reportFailure = (error: unknown, json: boolean): number => {
  const { message, next } = toldOf(error);
  if (json) process.stderr.write(`${JSON.stringify({ error: { message, ...(next ? { next } : {}) } })}\n`);
  else process.stderr.write(`aloft: ${message}\n${next ? `Next: ${next}\n` : ""}`);
  return error instanceof UsageError || error instanceof LaunchMisused ? EXIT_USAGE : EXIT_FAILED;
};

const toldOf = (error: unknown): { readonly message: string; readonly next?: string } => {
  const next = nextOf(error);
  if (next !== undefined) return { message: errorMessage(error), next };
  return (
    fileFailureOf(error) ?? awsFailureOf(error, help()) ?? { message: `${errorCode(error)}: ${errorMessage(error)}` }
  );
};

/** What to type next, after a failure that says so. */
const nextOf = (error: unknown): string | undefined => {
  if (error instanceof UsageError) return error.next ?? help();
  return error instanceof CliError || error instanceof LaunchFailed ? error.next : undefined;
};

/** A file that was named and cannot be read or written: the system's own reason, without its code. */
const fileFailureOf = (error: unknown) => {
  if (!(error instanceof Error && "path" in error && "syscall" in error)) return undefined;
  const [, reason = error.message] = /^[A-Z]+: (.*), \w+ '/.exec(error.message) ?? [];
  return { message: `${error.path}: ${reason}.`, next: help() };
};

const help = (): string => `aloft ${commandTyped()}--help`;

const commandTyped = (): string => {
  const typed = process.argv[2] ?? "";
  return typed === "" || typed.startsWith("-") ? "" : `${typed} `;
};
