import {
  AccountLimitExceededException,
  InvalidInputException,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-codebuild";

const $metadata = {};

export const invalidInput = (message: string) => new InvalidInputException({ message, $metadata });

export const invalidBuildId = (id: string) => invalidInput(`Invalid build ID provided: ${id}`);

export const projectNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `Project cannot be found: ${arn}`, $metadata });

export const projectAlreadyExists = (arn: string) =>
  new ResourceAlreadyExistsException({ message: `Project already exists: ${arn}`, $metadata });

export const buildNotFound = (id: string) =>
  new ResourceNotFoundException({ message: `Build cannot be found: ${id}`, $metadata });

export const buildBatchNotFound = (id: string) =>
  new ResourceNotFoundException({ message: `Build batch cannot be found: ${id}`, $metadata });

export const sandboxNotFound = (id: string) =>
  new ResourceNotFoundException({ message: `Sandbox cannot be found: ${id}`, $metadata });

export const reportNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `Report cannot be found: ${arn}`, $metadata });

export const reportGroupNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `Report group cannot be found: ${arn}`, $metadata });

export const fleetNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `Fleet cannot be found: ${arn}`, $metadata });

export const resourceNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `${arn} cannot be found`, $metadata });

export const resourceAlreadyExists = (message: string) => new ResourceAlreadyExistsException({ message, $metadata });

export const tooManyBuilds = (limit: number) =>
  new AccountLimitExceededException({
    message: `Cannot have more than ${limit} builds in queue for the project`,
    $metadata,
  });
