import {
  CodeSigningConfigNotFoundException,
  InvalidParameterValueException,
  InvalidRequestContentException,
  PolicyLengthExceededException,
  PreconditionFailedException,
  ProvisionedConcurrencyConfigNotFoundException,
  RequestTooLargeException,
  ResourceConflictException,
  ResourceNotFoundException,
  TooManyRequestsException,
} from "@aws-sdk/client-lambda";

const user = { Type: "User", $metadata: {} };

export const functionNotFound = (arn: string) =>
  new ResourceNotFoundException({ ...user, message: `Function not found: ${arn}` });

export const notFound = (message: string) => new ResourceNotFoundException({ ...user, message });

export const noSuchResource = () => notFound("The resource you requested does not exist.");

export const codeSigningConfigNotFound = (arn: string) =>
  new CodeSigningConfigNotFoundException({
    ...user,
    message: `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${arn}.`,
  });

export const provisionedNotFound = () =>
  new ProvisionedConcurrencyConfigNotFoundException({
    ...user,
    message: "No Provisioned Concurrency Config found for this function",
  });

export const conflict = (message: string) => new ResourceConflictException({ ...user, message });

export const invalidValue = (message: string) => new InvalidParameterValueException({ ...user, message });

export const revisionMismatch = (call: "GetFunction" | "GetAlias" | "GetLayerVersionPolicy") =>
  new PreconditionFailedException({
    ...user,
    message: `The RevisionId provided does not match the latest RevisionId. Call the ${call} API to retrieve the latest RevisionId`,
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

type ThrottleReason = "ReservedFunctionConcurrentInvocationLimitExceeded" | "ConcurrentInvocationLimitExceeded";

export const tooManyRequests = (reason: ThrottleReason) =>
  new TooManyRequestsException({ ...user, Reason: reason, message: "Rate Exceeded." });
