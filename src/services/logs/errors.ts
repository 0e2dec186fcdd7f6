import {
  AccessDeniedException,
  InvalidOperationException,
  InvalidParameterException,
  LimitExceededException,
  MalformedQueryException,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

const notFound = (what: string) =>
  new ResourceNotFoundException({ message: `The specified ${what} does not exist.`, $metadata });

export const groupNotFound = () => notFound("log group");

export const streamNotFound = () => notFound("log stream");

export const groupExists = () =>
  new ResourceAlreadyExistsException({ message: "The specified log group already exists", $metadata });

export const streamExists = () =>
  new ResourceAlreadyExistsException({ message: "The specified log stream already exists", $metadata });

export const invalidParameter = (message: string) => new InvalidParameterException({ message, $metadata });

/** AWS: one sentence for both names. */
export const nameTooLong = () =>
  invalidParameter("Invalid LogGroup or LogStream, both must have length less than or equal to 512.");

export const twoGroupNames = () =>
  new AwsError("ValidationException", "LogGroup name and LogGroup ARN are mutually exclusive parameters.");

export const limitExceeded = () => new LimitExceededException({ message: "Resource limit exceeded.", $metadata });

export const crossAccountFunction = () =>
  new AccessDeniedException({
    message:
      "Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.",
    $metadata,
  });

export const filterNotFound = (kind: "metric" | "subscription") => notFound(`${kind} filter`);

export const policyNotFound = (name: string) =>
  new ResourceNotFoundException({ message: `Policy with name [${name}] does not exist.`, $metadata });

export const malformedQuery = (message: string, startCharOffset: number, endCharOffset: number) =>
  new MalformedQueryException({
    message,
    queryCompileError: { location: { startCharOffset, endCharOffset }, message },
    $metadata,
  });

/** AWS: queries name the group and the account. */
export const queryGroupNotFound = (group: string, account: string) =>
  new ResourceNotFoundException({
    message: `Log group '${group}' does not exist for account ID '${account}'`,
    $metadata,
  });

export const queryNotFound = (id: string) => notFound(`query ${id}`);

export const queryDefinitionNotFound = () => notFound("query definition");

export const recordNotFound = () => notFound("log record");

export const exportNotFound = () => notFound("export task");

export const exportFinished = () =>
  new InvalidOperationException({ message: "The specified export task has already finished", $metadata });
