import { errorCode, errorMessage } from "../kernel/errors.ts";
import { LaunchFailed } from "../launch/progress.ts";
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
  return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED;
};

const toldOf = (error: unknown): { readonly message: string; readonly next?: string } => {
  const next = nextOf(error);
  if (next !== undefined) return { message: errorMessage(error), next };
  return awsFailureOf(error) ?? { message: `${errorCode(error)}: ${errorMessage(error)}` };
};

/** What to type next, after a failure that says so. */
const nextOf = (error: unknown): string | undefined => {
  if (error instanceof UsageError) return error.next ?? `aloft ${commandTyped()}--help`;
  return error instanceof CliError || error instanceof LaunchFailed ? error.next : undefined;
};

const commandTyped = (): string => {
  const typed = process.argv[2] ?? "";
  return typed === "" || typed.startsWith("-") ? "" : `${typed} `;
};
