import {
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  EmptyBatchRequest,
  InvalidAttributeName,
  InvalidAttributeValue,
  InvalidBatchEntryId,
  InvalidMessageContents,
  OverLimit,
  PurgeQueueInProgress,
  QueueDoesNotExist,
  QueueNameExists,
  ReceiptHandleIsInvalid,
  ResourceNotFoundException,
  TooManyEntriesInBatchRequest,
} from "@aws-sdk/client-sqs";
import { RenamedError } from "../../kernel/errors.ts";
import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES } from "./limits.ts";

const $metadata = {};

export const queueDoesNotExist = () =>
  new QueueDoesNotExist({ message: "The specified queue does not exist.", $metadata });

export const queueNameExists = (attribute: string) =>
  new QueueNameExists({
    message: `A queue already exists with the same name and a different value for attribute ${attribute}`,
    $metadata,
  });

export const unknownAttribute = (name: string) => invalidAttributeName(`Unknown Attribute ${name}.`);

export const invalidAttributeValue = (name: string, reason?: string) =>
  new InvalidAttributeValue({
    message: `Invalid value for the parameter ${name}.${reason === undefined ? "" : ` Reason: ${reason}`}`,
    $metadata,
  });

export const invalidMessageContents = () =>
  new InvalidMessageContents({
    message:
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    $metadata,
  });

export const invalidReceiptHandle = (handle: string) =>
  new ReceiptHandleIsInvalid({
    message: `The input receipt handle "${handle}" is not a valid receipt handle.`,
    $metadata,
  });

export const expiredReceiptHandle = (handle: string) =>
  invalidValue(handle, "ReceiptHandle", "The receipt handle has expired.");

/** AWS: documented as MessageNotInflight, and answered so. */
export const messageNotInflight = (handle: string) =>
  invalidValue(handle, "ReceiptHandle", "Message does not exist or is not available for visibility timeout change.");

export const purgeInProgress = (name: string) =>
  new PurgeQueueInProgress({
    message: `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`,
    $metadata,
  });

export const emptyBatch = (entry: string) =>
  new EmptyBatchRequest({ message: `There should be at least one ${entry} in the request.`, $metadata });

export const tooManyEntries = (count: number) =>
  new TooManyEntriesInBatchRequest({
    message: `Maximum number of entries per request are ${MAX_BATCH_ENTRIES}. You have sent ${count}.`,
    $metadata,
  });

export const repeatedEntryId = (id: string) =>
  new BatchEntryIdsNotDistinct({ message: `Id ${id} repeated.`, $metadata });

export const invalidEntryId = () =>
  new InvalidBatchEntryId({
    message:
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    $metadata,
  });

export const batchTooLong = (bytes: number) =>
  new BatchRequestTooLong({
    message: `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
    $metadata,
  });

export const missingParameter = (name: string) =>
  new RenamedError(
    "MissingParameter",
    "MissingRequiredParameterException",
    `The request must contain the parameter ${name}.`,
  );

export const invalidParameter = (message: string) =>
  new RenamedError("InvalidParameterValue", "InvalidParameterValueException", message);

export const invalidValue = (value: string | number, name: string, reason: string) =>
  invalidParameter(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);

export const invalidAttributeName = (message: string) => new InvalidAttributeName({ message, $metadata });

export const overLimit = (message: string) => new OverLimit({ message, $metadata });

export const noSuchResource = (message: string) => new ResourceNotFoundException({ message, $metadata });
