import { InvalidParameterException, NotFoundException } from "@aws-sdk/client-sns";

const $metadata = {};

export const topicNotFound = () => new NotFoundException({ message: "Topic does not exist", $metadata });

export const subscriptionNotFound = () => new NotFoundException({ message: "Subscription does not exist", $metadata });

export const resourceNotFound = () => new NotFoundException({ message: "Resource does not exist", $metadata });

export const invalidParameter = (detail: string) =>
  new InvalidParameterException({ message: `Invalid parameter: ${detail}`, $metadata });
