import { ActionFailure, isDenied } from "../../../engines/pipeline/runAction.ts";
import { AwsError, errorCode, errorMessage, isRefusal } from "../../../kernel/errors.ts";

/** What a call gives; a denial is told in the words in which AWS tells it of an action. */
export const unlessDenied = async <T>(call: Promise<T>, words: (denial: string) => string): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    throw isDenied(error) ? new ActionFailure("PermissionError", words(errorMessage(error))) : error;
  }
};

/** AWS: of a call that its SDK made, an action tells all that the SDK does. */
export const sdkFailure = (service: string, call: string, error: unknown, requestId: string): unknown => {
  if (!isRefusal(error)) return error;
  const status = error instanceof AwsError ? error.statusCode : 400;
  const facts = `Service: ${service}; Status Code: ${status}; Error Code: ${errorCode(error)}; Request ID: ${requestId}; Proxy: null`;
  return new ActionFailure(
    isDenied(error) ? "PermissionError" : "JobFailed",
    `Error calling ${call}: ${errorMessage(error)} (${facts})`,
  );
};
