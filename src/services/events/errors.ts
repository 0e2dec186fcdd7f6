import {
  IllegalStatusException,
  InvalidEventPatternException,
  LimitExceededException,
  ManagedRuleException,
  PolicyLengthExceededException,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-eventbridge";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

export const ruleNotFound = (name: string, bus: string) =>
  new ResourceNotFoundException({ message: `Rule ${name} does not exist on EventBus ${bus}.`, $metadata });

/** The words are ours. */
export const managedRule = (name: string, service: string) =>
  new ManagedRuleException({ message: `Rule ${name} is managed by ${service} and cannot be changed.`, $metadata });

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

export const connectionExists = (name: string) =>
  new ResourceAlreadyExistsException({ message: `Connection ${name} already exists.`, $metadata });

/** AWS says what it could not do to it. */
export const connectionNotFound = (name: string, verb: string) =>
  new ResourceNotFoundException({
    message: `Failed to ${verb} the connection(s). Connection '${name}' does not exist.`,
    $metadata,
  });

export const apiDestinationExists = (name: string) =>
  new ResourceAlreadyExistsException({ message: `An api-destination '${name}' already exists.`, $metadata });

export const apiDestinationNotFound = (name: string, verb: string) =>
  new ResourceNotFoundException({
    message: `Failed to ${verb} the api-destination(s). An api-destination '${name}' does not exist.`,
    $metadata,
  });

export const replayNotFound = (name: string) =>
  new ResourceNotFoundException({ message: `Replay ${name} does not exist.`, $metadata });

export const replayExists = (name: string) =>
  new ResourceAlreadyExistsException({ message: `Replay ${name} already exists.`, $metadata });

export const replayEnded = (name: string) =>
  new IllegalStatusException({ message: `Replay ${name} is not in a valid state for this operation.`, $metadata });

export const tooMany = () => limitExceeded("The requested resource exceeds the maximum number allowed.");

export const invalidParameter = (name: string, reason: string) =>
  validationError(`Parameter ${name} is not valid. Reason: ${reason}`);

export const statementNotFound = () =>
  new ResourceNotFoundException({ message: "Statement with the provided id does not exist.", $metadata });

export const policyTooLong = () =>
  new PolicyLengthExceededException({ message: "The length of the policy is over the limit.", $metadata });

export const limitExceeded = (message: string) => new LimitExceededException({ message, $metadata });

export const validationError = (message: string) => new AwsError("ValidationException", message);
