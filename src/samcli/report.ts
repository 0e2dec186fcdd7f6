import { CliError, type Io } from "../awscli/io.ts";
import { problemText, serviceErrorText } from "../awscli/report.ts";
import { SamFailure, UsageFailure } from "./failure.ts";

/** Says on standard error what went wrong, as Click and the SAM CLI do; gives the exit code. */
export const reportFailure = (error: unknown, at: { command: string; operation?: string }, io: Io): number => {
  if (error instanceof UsageFailure) {
    const usage = `Usage: ${at.command} [OPTIONS]\nTry '${at.command} --help' for help.\n\n`;
    io.err(`${usage}Error: ${error.message}\n`);
    return EXIT_USAGE;
  }
  io.err(`Error: ${failureText(error, at.operation)}\n`);
  return EXIT_FAILED;
};

/** An error as the text after `Error:`. */
export const failureText = (error: unknown, operation: string | undefined): string => {
  if (error instanceof SamFailure || error instanceof CliError) return error.message.trim();
  if (error instanceof Error && error.name === "CredentialsProviderError")
    return 'Unable to locate credentials. You can configure credentials by running "aws configure".';
  return serviceErrorText(error, operation) ?? problemText(error);
};

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
