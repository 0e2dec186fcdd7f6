import { AwsError } from "../../kernel/errors.ts";

export const validation = (message: string) => new AwsError("ValidationException", message, 400);
export const invalidToken = () => new AwsError("InvalidNextTokenException", "The next token is not valid.", 400);
export const ruleNotFound = (arn: string) =>
  new AwsError("ResourceNotFoundException", `The notification rule does not exist: ${arn}`, 404);
export const ruleExists = (name: string) =>
  new AwsError(
    "ResourceAlreadyExistsException",
    `A notification rule with the name ${name} already exists for this resource.`,
    409,
  );
