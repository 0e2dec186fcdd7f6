import { LimitExceededException, ResourceNotFoundException } from "@aws-sdk/client-codestar-connections";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

export const connectionNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `Connection ARN ${arn} not found`, $metadata });

export const tooManyConnections = () =>
  new LimitExceededException({
    Message: "The maximum number of connections has been reached.",
    message: "",
    $metadata,
  });

export const invalidInput = (message: string) => new AwsError("InvalidInputException", message);
