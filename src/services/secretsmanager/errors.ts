import {
  InvalidNextTokenException,
  InvalidParameterException,
  InvalidRequestException,
  LimitExceededException,
  MalformedPolicyDocumentException,
  PublicPolicyException,
  ResourceExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-secrets-manager";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

export const secretNotFound = () =>
  new ResourceNotFoundException({ message: "Secrets Manager can't find the specified secret.", $metadata });

export const valueNotFound = (detail: string) =>
  new ResourceNotFoundException({
    message: `Secrets Manager can't find the specified secret value for ${detail}`,
    $metadata,
  });

export const secretAlreadyExists = (name: string) =>
  new ResourceExistsException({
    message: `The operation failed because the secret ${name} already exists.`,
    $metadata,
  });

export const tokenInUse = (token: string, arn: string) =>
  new ResourceExistsException({
    message: `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
    $metadata,
  });

export const nameScheduledForDeletion = () =>
  new InvalidRequestException({
    message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
    $metadata,
  });

export const markedForDeletion = () =>
  new InvalidRequestException({
    message: "You can't perform this operation on the secret because it was marked for deletion.",
    $metadata,
  });

export const invalidName = () =>
  new AwsError(
    "ValidationException",
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    400,
  );

export const invalidParameter = (message: string) => new InvalidParameterException({ message, $metadata });

export const invalidRequest = (message: string) => new InvalidRequestException({ message, $metadata });

const NO_TOKEN = "You must provide a ClientRequestToken value. We recommend a UUID-type value.";

export const tokenMissing = () => invalidRequest(NO_TOKEN);

export const rotationTokenMissing = () => invalidParameter(NO_TOKEN);

export const invalidNextToken = () => new InvalidNextTokenException({ message: "Invalid next token", $metadata });

export const malformedPolicy = () =>
  new MalformedPolicyDocumentException({ message: "This resource policy contains invalid Json", $metadata });

export const publicPolicy = () =>
  new PublicPolicyException({
    message: "This resource policy grants access to any principal, so that anyone may use the secret.",
    $metadata,
  });

export const readOnlyReplica = () =>
  invalidRequest("Operation not permitted on a replica secret. Call must be made in primary secret's region.");

export const notAReplica = () => invalidRequest("The secret is not a replica of another secret.");

export const stillReplicated = (id: string, regions: readonly string[]) =>
  invalidParameter(`You can't delete secret ${id} that still has replica regions [${regions.join(", ")}]`);

export const limitExceeded = (message: string) => new LimitExceededException({ message, $metadata });

export const cannotInvoke = () =>
  new AwsError(
    "AccessDeniedException",
    "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    400,
  );

/** Why a rotation has come to nothing; nobody waits for it. */
export const rotationFailed = (reason: string) => new AwsError("RotationFailed", reason, 400);
