import { errorCode, errorMessage } from "../../../kernel/errors.ts";

/** What access logs tell of a function that failed. */
export const FUNCTION_FAILED =
  "The Lambda function returned the following error: Unhandled. Check your Lambda function code and try again.";

/** What they tell where a function could not be called, as an integration or as an authorizer. */
export const callFault = (error: unknown, as: "integration" | "authorizer"): string =>
  errorCode(error).startsWith("AccessDenied")
    ? `The IAM role configured on the ${as} or API Gateway doesn't have permissions to call the ${as}. Check the permissions and try again.`
    : errorMessage(error);
