import { AwsError } from "../../kernel/errors.ts";

/** AWS's answer to input that breaks DynamoDB's rules. */
export const validationError = (message: string): AwsError => new AwsError("ValidationException", message);

/** The same, for what AWS reports of a parameter's value. */
export const invalidParameter = (detail: string): AwsError =>
  validationError(`One or more parameter values were invalid: ${detail}`);
