import {
  ConflictException,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ValidationException,
} from "@aws-sdk/client-scheduler";

const $metadata = {};

export const scheduleNotFound = (name: string) => notFound(`Schedule ${name} does not exist.`);

export const groupNotFound = (name: string) => notFound(`Schedule group ${name} does not exist.`);

export const notFound = (Message: string) => new ResourceNotFoundException({ Message, message: Message, $metadata });

export const scheduleExists = (name: string) => conflict(`Schedule ${name} already exists.`);

export const groupExists = (name: string) => conflict(`Schedule group ${name} already exists.`);

const conflict = (Message: string) => new ConflictException({ Message, message: Message, $metadata });

export const tooManyGroups = () => {
  const Message = "You have exceeded the service quota for schedule groups.";
  return new ServiceQuotaExceededException({ Message, message: Message, $metadata });
};

export const invalid = (Message: string) => new ValidationException({ Message, message: Message, $metadata });
