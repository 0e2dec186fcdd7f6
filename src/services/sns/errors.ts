import {
  BatchEntryIdsNotDistinctException,
  BatchRequestTooLongException,
  EmptyBatchRequestException,
  EndpointDisabledException,
  InvalidBatchEntryIdException,
  InvalidParameterException,
  InvalidParameterValueException,
  NotFoundException,
  TooManyEntriesInBatchRequestException,
} from "@aws-sdk/client-sns";

const $metadata = {};

export const topicNotFound = () => new NotFoundException({ message: "Topic does not exist", $metadata });

export const subscriptionNotFound = () => new NotFoundException({ message: "Subscription does not exist", $metadata });

export const platformApplicationNotFound = () =>
  new NotFoundException({ message: "PlatformApplication does not exist", $metadata });

export const endpointNotFound = () => new NotFoundException({ message: "Endpoint does not exist", $metadata });

export const endpointDisabled = () => new EndpointDisabledException({ message: "Endpoint is disabled", $metadata });

export const resourceNotFound = () => new NotFoundException({ message: "Resource does not exist", $metadata });

export const invalidParameter = (detail: string) => refused(`Invalid parameter: ${detail}`);

/** AWS: some of its refusals leave out what the others begin with. */
export const refused = (message: string) => new InvalidParameterException({ message, $metadata });

/** What is wrong with a message's attributes. */
export const invalidAttribute = (message: string) => new InvalidParameterValueException({ message, $metadata });

export const emptyBatch = () =>
  new EmptyBatchRequestException({ message: "The batch request doesn't contain any entries.", $metadata });

export const tooManyEntries = () =>
  new TooManyEntriesInBatchRequestException({
    message: "The batch request contains more entries than permissible.",
    $metadata,
  });

export const repeatedEntryId = () =>
  new BatchEntryIdsNotDistinctException({
    message: "Two or more batch entries in the request have the same Id.",
    $metadata,
  });

export const invalidEntryId = (reason: string, id: string) =>
  new InvalidBatchEntryIdException({
    message: `The Id of a batch entry in the batch request ${reason}: ${id}`,
    $metadata,
  });

export const batchTooLong = () =>
  new BatchRequestTooLongException({
    message: "The length of all the messages put together is more than the limit.",
    $metadata,
  });
