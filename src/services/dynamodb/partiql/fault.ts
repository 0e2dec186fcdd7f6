import { validationError } from "../errors.ts";

/** What AWS says of a statement that cannot be read. */
export const notWellFormed = (detail: string) =>
  validationError(`Statement wasn't well formed, can't be processed: ${detail}`);

/** What is well-formed and still no statement of DynamoDB's. */
export const unsupported = (detail: string) => validationError(`Unsupported operation: ${detail}`);
