import {
  DeleteConflictException,
  EntityAlreadyExistsException,
  InvalidInputException,
  LimitExceededException,
  MalformedPolicyDocumentException,
  NoSuchEntityException,
  UnmodifiableEntityException,
} from "@aws-sdk/client-iam";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

export const noSuchEntity = (message: string) => new NoSuchEntityException({ message, $metadata });

/** `what` as IAM names it: `role`, `user`, `group`, `role policy`. */
export const notFound = (what: string, name: string) => noSuchEntity(`The ${what} with name ${name} cannot be found.`);

export const policyNotFound = (arn: string) => noSuchEntity(`Policy ${arn} was not found.`);

export const policyNotAttachable = (arn: string) => noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);

export const policyVersionNotFound = (arn: string, versionId: string) =>
  noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`);

export const alreadyExists = (what: string, name: string) => entityExists(`${what} with name ${name} already exists.`);

export const entityExists = (message: string) => new EntityAlreadyExistsException({ message, $metadata });

export const deleteConflict = (message: string) => new DeleteConflictException({ message, $metadata });

export const limitExceeded = (message: string) => new LimitExceededException({ message, $metadata });

export const malformedPolicy = (message: string) => new MalformedPolicyDocumentException({ message, $metadata });

export const invalidInput = (message: string) => new InvalidInputException({ message, $metadata });

export const unmodifiable = (message: string) => new UnmodifiableEntityException({ message, $metadata });

export const validationError = (message: string) => new AwsError("ValidationError", message);
