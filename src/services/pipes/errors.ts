import {
  ConflictException,
  NotFoundException,
  ServiceQuotaExceededException,
  ValidationException,
} from "@aws-sdk/client-pipes";

const $metadata = {};

export const pipeNotFound = (name: string) =>
  new NotFoundException({ message: `Pipe ${name} does not exist.`, $metadata });

export const resourceNotFound = (arn: string) =>
  new NotFoundException({ message: `Resource ${arn} does not exist.`, $metadata });

export const pipeExists = (name: string) => conflict(name, `Pipe ${name} already exists.`);

export const pipeBusy = (name: string, state: string) =>
  conflict(name, `Pipe ${name} is in state ${state} and cannot be changed until it has left it.`);

const conflict = (name: string, message: string) =>
  new ConflictException({ message, resourceId: name, resourceType: "pipe", $metadata });

export const tooManyPipes = (name: string) =>
  new ServiceQuotaExceededException({
    message: "You have exceeded the service quota for pipes.",
    resourceId: name,
    resourceType: "pipe",
    serviceCode: "pipes",
    quotaCode: "L-B68BFEFD",
    $metadata,
  });

export const invalid = (message: string) => new ValidationException({ message, $metadata });

/** AWS: members that are wrong are named in a document, which is the message. */
export const invalidField = (name: string, message: string) =>
  new ValidationException({
    message: JSON.stringify({ ValidationErrorFields: [{ Name: name, Message: message }] }),
    fieldList: [{ name, message }],
    $metadata,
  });

export const missingField = (name: string) => invalidField(name, "Missing required parameter.");
