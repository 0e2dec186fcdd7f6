import {
  AlreadyExistsException,
  ChangeSetNotFoundException,
  InsufficientCapabilitiesException,
  InvalidChangeSetStatusException,
} from "@aws-sdk/client-cloudformation";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

/** What CloudFormation answers to most of what is wrong; its SDK has no class for it. */
export const validationError = (message: string): AwsError => new AwsError("ValidationError", message);

export const stackNotFound = (name: string): AwsError => validationError(`Stack with id ${name} does not exist`);

/** The same of the operations that change a stack or tell of changes. */
export const noSuchStack = (name: string): AwsError => validationError(`Stack [${name}] does not exist`);

export const noUpdates = (): AwsError => validationError("No updates are to be performed.");

export const stackAlreadyExists = (name: string): AlreadyExistsException =>
  new AlreadyExistsException({ message: `Stack [${name}] already exists`, $metadata });

export const changeSetAlreadyExists = (name: string): AlreadyExistsException =>
  new AlreadyExistsException({ message: `ChangeSet [${name}] already exists`, $metadata });

export const changeSetNotFound = (name: string): ChangeSetNotFoundException =>
  new ChangeSetNotFoundException({ message: `ChangeSet [${name}] does not exist`, $metadata });

export const invalidChangeSetStatus = (message: string): InvalidChangeSetStatusException =>
  new InvalidChangeSetStatusException({ message, $metadata });

export const insufficientCapabilities = (missing: readonly string[]): InsufficientCapabilitiesException =>
  new InsufficientCapabilitiesException({ message: `Requires capabilities : [${missing.join(", ")}]`, $metadata });
