import {
  ExpiredIteratorException,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from "@aws-sdk/client-dynamodb-streams";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

/** The streams' refusal of a request that is not well-formed; the SDK has no class for it. */
export const validationError = (message: string): AwsError => new AwsError("ValidationException", message);

/** AWS: the bounds of its model have no greatest limit; its pages and its refusals have. */
export const checkLimit = (limit: number | undefined, max: number): void => {
  if (limit === undefined || limit <= max) return;
  throw validationError(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${max}`,
  );
};

export const streamNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `Requested resource not found: Stream: ${arn} not found`, $metadata });

export const shardNotFound = (shard: string, arn: string) =>
  new ResourceNotFoundException({
    message: `Requested resource not found: Shard: ${shard} in Stream: ${arn} not found`,
    $metadata,
  });

export const iteratorExpired = () =>
  new ExpiredIteratorException({
    message: "Iterator expired. The iterator was created at least 15 minutes ago.",
    $metadata,
  });

export const dataTrimmed = () =>
  new TrimmedDataAccessException({
    message: "The operation attempted to read past the oldest stream record in a shard.",
    $metadata,
  });
