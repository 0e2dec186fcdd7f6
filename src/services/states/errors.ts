import {
  ActivityDoesNotExist,
  ConflictException,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionNotRedrivable,
  InvalidArn,
  InvalidDefinition,
  InvalidExecutionInput,
  InvalidLoggingConfiguration,
  InvalidName,
  InvalidOutput,
  InvalidToken,
  MissingRequiredParameter,
  ResourceNotFound,
  ServiceQuotaExceededException,
  StateMachineAlreadyExists,
  StateMachineDeleting,
  StateMachineDoesNotExist,
  StateMachineTypeNotSupported,
  TaskTimedOut,
  TooManyTags,
  ValidationException,
} from "@aws-sdk/client-sfn";

const $metadata = {};

export const invalidArn = (arn: string) => new InvalidArn({ message: `Invalid Arn: '${arn}'`, $metadata });

export const wrongResourceType = (type: string) => invalidArn(`Resource type not valid in this context: ${type}`);

export const invalidName = (name: string) => new InvalidName({ message: `Invalid Name: '${name}'`, $metadata });

export const invalidDefinition = (problems: string) =>
  new InvalidDefinition({ message: `Invalid State Machine Definition: '${problems}'`, $metadata });

export const invalidLogging = (message: string) => new InvalidLoggingConfiguration({ message, $metadata });

/** AWS: what TestState does not run is told without the words before it. */
export const unsupportedState = (message: string) => new InvalidDefinition({ message, $metadata });

export const machineExists = (arn: string) =>
  new StateMachineAlreadyExists({ message: `State Machine Already Exists: '${arn}'`, $metadata });

export const noMachine = (arn: string) =>
  new StateMachineDoesNotExist({ message: `State Machine Does Not Exist: '${arn}'`, $metadata });

export const machineDeleting = (arn: string) =>
  new StateMachineDeleting({ message: `State Machine is being deleted: '${arn}'`, $metadata });

export const nothingToUpdate = () =>
  new MissingRequiredParameter({
    message:
      "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
    $metadata,
  });

export const wrongType = () =>
  new StateMachineTypeNotSupported({
    message: "This operation is not supported by this type of state machine",
    $metadata,
  });

export const executionExists = (arn: string) =>
  new ExecutionAlreadyExists({ message: `Execution Already Exists: '${arn}'`, $metadata });

export const noExecution = (arn: string) =>
  new ExecutionDoesNotExist({ message: `Execution Does Not Exist: '${arn}'`, $metadata });

export const notRedrivable = (message: string) => new ExecutionNotRedrivable({ message, $metadata });

export const invalidInput = (why: string) =>
  new InvalidExecutionInput({ message: `Invalid State Machine Execution Input: '${why}'`, $metadata });

export const noActivity = (arn: string) =>
  new ActivityDoesNotExist({ message: `Activity Does Not Exist: '${arn}'`, $metadata });

export const invalidToken = (what: string) => new InvalidToken({ message: `Invalid Token: '${what}'`, $metadata });

export const taskTimedOut = () =>
  new TaskTimedOut({ message: "Task Timed Out: 'Provided task does not exist anymore'", $metadata });

export const invalidOutput = (why: string) => new InvalidOutput({ message: `Invalid Output: '${why}'`, $metadata });

export const noResource = (arn: string) =>
  new ResourceNotFound({ message: `Resource not found: '${arn}'`, resourceName: arn, $metadata });

/** AWS: what a change is asked of is not told by name. */
export const nothingReferenced = (arn: string) =>
  new ResourceNotFound({
    message: "Request references a resource that does not exist.",
    resourceName: arn,
    $metadata,
  });

export const tooManyTags = (arn: string) =>
  new TooManyTags({ message: "Too many tags.", resourceName: arn, $metadata });

export const conflict = (message: string) => new ConflictException({ message, $metadata });

export const quotaExceeded = (message: string) => new ServiceQuotaExceededException({ message, $metadata });

export const invalidRouting = (message: string) =>
  new ValidationException({ message, reason: "INVALID_ROUTING_CONFIGURATION", $metadata });

export const invalid = (message: string) => new ValidationException({ message, $metadata });
