import { errorMessage } from "../kernel/errors.ts";
import { isRecord } from "./clients.ts";
import { CliError, EXIT, type Io } from "./io.ts";

/** Says on standard error what went wrong, in the AWS CLI's words; gives the exit code. */
export const reportError = (error: unknown, operation: string | undefined, io: Io): number => {
  if (error instanceof CliError) {
    io.err(`${error.message}\n`);
    return error.exitCode;
  }
  const refused = serviceErrorText(error, operation);
  if (refused !== undefined) {
    io.err(`\n${refused}\n`);
    return EXIT.service;
  }
  if (error instanceof Error && error.name === "CredentialsProviderError") {
    io.err('\nUnable to locate credentials. You can configure credentials by running "aws configure".\n');
    return EXIT.configuration;
  }
  io.err(`\n${problemText(error)}\n`);
  return EXIT.general;
};

/** A service's refusal in the words of botocore; undefined for any other error. */
export const serviceErrorText = (error: unknown, operation: string | undefined): string | undefined =>
  isServiceError(error)
    ? `An error occurred (${codeOf(error)}) when calling the ${operation ?? "unknown"} operation: ${error.message}`
    : undefined;

/** What else went wrong. */
export const problemText = (error: unknown): string => connectionProblem(error) ?? errorMessage(error);

/** Whether a service refused a call, and with which code. */
export const serviceErrorCode = (error: unknown): string | undefined =>
  isServiceError(error) ? codeOf(error) : undefined;

const isServiceError = (error: unknown): error is Error =>
  error instanceof Error && "$metadata" in error && isRecord(error.$metadata) && "httpStatusCode" in error.$metadata;

/** Some services send another code than the class's name, such as `ValidationError`. */
const codeOf = (error: Error): string => {
  const code = "Code" in error ? error.Code : undefined;
  if (typeof code === "string") return code;
  // AWS: a HEAD has no body, so its error has no name but its status.
  const status = "$metadata" in error && isRecord(error.$metadata) ? error.$metadata["httpStatusCode"] : undefined;
  return error.name === "NotFound" || error.name === "Error" ? String(status ?? error.name) : error.name;
};

const connectionProblem = (error: unknown): string | undefined => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "ECONNREFUSED" && code !== "ENOTFOUND" && code !== "ECONNRESET") return undefined;
  return `Could not connect to the endpoint URL: ${errorMessage(error)}`;
};
