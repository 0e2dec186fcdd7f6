import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import type { Failure } from "./records.ts";

/** What AWS calls the refusals of S3 that a user can do something about. */
const CODES: Readonly<Record<string, string>> = { NoSuchBucket: "S3NoSuchBucket", AccessDenied: "S3AccessDenied" };

export const failureOf = (error: unknown): Failure => ({
  code: CODES[errorCode(error)] ?? "UNKNOWN",
  message: errorMessage(error),
});
