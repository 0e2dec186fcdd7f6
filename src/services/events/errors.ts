import {
  InvalidEventPatternException,
  LimitExceededException,
  PolicyLengthExceededException,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-eventbridge";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

export const ruleNotFound = (name: string, bus: string) =>
  new ResourceNotFoundException({ message: `Rule ${name} does not exist on EventBus ${bus}.`, $metadata });

export const busNotFound = (name: string) =>
  new ResourceNotFoundException({ message: `Event bus ${name} does not exist.`, $metadata });

export const busExists = (name: string) =>
  new ResourceAlreadyExistsException({ message: `Event bus ${name} already exists.`, $metadata });

export const invalidPattern = (reason: string) =>
  new InvalidEventPatternException({ message: `Event pattern is not valid. Reason: ${reason}`, $metadata });

export const archiveNotFound = (name: string) =>
  new ResourceNotFoundException({ message: `Archive ${name} does not exist.`, $metadata });

export const archiveExists = (name: string) =>
  new ResourceAlreadyExistsException({ message: `Archive ${name} already exists.`, $metadata });

export const statementNotFound = () =>
  new ResourceNotFoundException({ message: "Statement with the provided id does not exist.", $metadata });

export const policyTooLong = () =>
  new PolicyLengthExceededException({ message: "The length of the policy is over the limit.", $metadata });

export const limitExceeded = (message: string) => new LimitExceededException({ message, $metadata });

export const validationError = (message: string) => new AwsError("ValidationException", message);
