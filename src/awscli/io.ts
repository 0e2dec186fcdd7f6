/** What a command may touch; tests bring their own. */
export interface Io {
  out(text: string | Uint8Array): void;
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The standard input, whole. */
  stdin(): Promise<Buffer>;
  /** Added to each client's configuration, such as a transport within this process. */
  readonly clientConfig?: Readonly<Record<string, unknown>>;
  readonly now: () => number;
  sleep(ms: number): Promise<void>;
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */
export const EXIT = { ok: 0, s3: 1, usage: 252, configuration: 253, service: 254, general: 255 } as const;

/** What ends a command: its text on standard error, and its exit code. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.general) {
    super(message);
    this.name = "CliError";
    this.exitCode = exitCode;
  }
}

/** A command that was not understood, in the AWS CLI's words. */
export const usageError = (message: string): CliError =>
  new CliError(
    `\nusage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n\naws: [ERROR]: ${message}`,
    EXIT.usage,
  );

/** A value that does not fit its parameter. */
export const parameterError = (option: string, message: string): CliError =>
  new CliError(`\nError parsing parameter '${option}': ${message}`, EXIT.usage);

/** What our `aws` leaves to the AWS CLI of the machine, when there is one. */
export class NotOurs extends Error {
  constructor(what: string) {
    super(what);
    this.name = "NotOurs";
  }
}
