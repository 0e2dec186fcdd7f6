import {
  CodeSigningConfigNotFoundException,
  CodeVerificationFailedException,
  InvalidParameterValueException,
  InvalidRequestContentException,
  PolicyLengthExceededException,
  PreconditionFailedException,
  ProvisionedConcurrencyConfigNotFoundException,
  RecursiveInvocationException,
  RequestTooLargeException,
  ResourceConflictException,
  ResourceNotFoundException,
  TooManyRequestsException,
} from "@aws-sdk/client-lambda";
import { AwsError, namedError } from "../../kernel/errors.ts";
import { MAX_NAME_LENGTH, MAX_NOTED_ERROR_BYTES } from "./limits.ts";

const user = { Type: "User", $metadata: {} };

export const functionNotFound = (arn: string) =>
  new ResourceNotFoundException({ ...user, message: `Function not found: ${arn}` });

export const notFound = (message: string) => new ResourceNotFoundException({ ...user, message });

export const aliasNotFound = (arn: string) => notFound(`Cannot find alias arn: ${arn}`);

export const notInRegion = (region: string, here: string) =>
  notFound(`Functions from '${region}' are not reachable in this region ('${here}')`);

export const otherAccount = (arn: string) =>
  new AwsError(
    "AccessDeniedException",
    `The caller is not authorized to use resource: ${arn} because no resource-based policy allows it`,
    403,
  );

/** A function's role is of its own account. */
export const othersRole = () => new AwsError("AccessDeniedException", "Cross-account pass role is not allowed.", 403);

export const noSuchResource = () => notFound("The resource you requested does not exist.");

/** What the operations on configurations themselves say, of nobody's fault. */
export const noSuchCodeSigningConfig = (arn: string) =>
  new ResourceNotFoundException({
    message: `The Lambda code signing configuration ${arn} can not be found.`,
    $metadata: {},
  });

/** What a function is told that is given one. */
export const codeSigningConfigNotFound = (arn: string) =>
  new CodeSigningConfigNotFoundException({
    ...user,
    message: `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${arn}.`,
  });

export const unsignedCode = () =>
  new CodeVerificationFailedException({
    ...user,
    message:
      "The code signature failed one or more of the validation checks for signature mismatch or expiry, and the code signing policy is set to ENFORCE. Lambda blocks the deployment.",
  });

export const provisionedNotFound = () =>
  new ProvisionedConcurrencyConfigNotFoundException({
    ...user,
    message: "No Provisioned Concurrency Config found for this function",
  });

export const conflict = (message: string) => new ResourceConflictException({ ...user, message });

export const updateInProgress = (arn: string) =>
  conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${arn}`);

export const invalidValue = (message: string) => new InvalidParameterValueException({ ...user, message });

/** AWS: some of these refusals do not say whose fault they are. */
export const untypedInvalidValue = (message: string) => new InvalidParameterValueException({ message, $metadata: {} });

export const functionsOnly = () =>
  invalidValue(
    "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
  );

export const packageTooLarge = (maxBytes: number) =>
  new AwsError("RequestEntityTooLargeException", `Zipped size must be smaller than ${maxBytes} bytes`, 413);

export const createRequestTooLarge = (maxBytes: number) =>
  new AwsError(
    "RequestEntityTooLargeException",
    `Request must be smaller than ${maxBytes} bytes for the CreateFunction operation`,
    413,
  );

export const nameTooLong = (name: string) =>
  invalidValue(
    `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${MAX_NAME_LENGTH}`,
  );

export const revisionMismatch = (call: "GetFunction/GetAlias" | "GetLayerPolicy" | "GetPolicy") =>
  new PreconditionFailedException({
    ...user,
    message: `The Revision Id provided does not match the latest Revision Id. Call the ${call} API to retrieve the latest Revision Id`,
  });

export const payloadTooLarge = (maxBytes: number) =>
  new RequestTooLargeException({
    ...user,
    message: `Request must be smaller than ${maxBytes} bytes for the InvokeFunction operation`,
  });

export const notJson = (reason: string) =>
  new InvalidRequestContentException({
    ...user,
    message: `Could not parse request body into json: Could not parse payload into json: ${reason}`,
  });

export const policyTooLong = (bytes: number, maxBytes: number) =>
  new PolicyLengthExceededException({
    ...user,
    message: `The final policy size (${bytes}) is bigger than the limit (${maxBytes}).`,
  });

export const recursiveInvocation = () =>
  new RecursiveInvocationException({
    ...user,
    message:
      "Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your function's invocation.",
  });

type ThrottleReason = "ReservedFunctionConcurrentInvocationLimitExceeded" | "ConcurrentInvocationLimitExceeded";

export const tooManyRequests = (reason: ThrottleReason) =>
  new TooManyRequestsException({ ...user, Reason: reason, message: "Rate Exceeded." });

/** What a function threw, as the log of calls names it. */
export const functionError = (payload: Buffer) =>
  namedError("FunctionError", payload.subarray(0, MAX_NOTED_ERROR_BYTES).toString());
