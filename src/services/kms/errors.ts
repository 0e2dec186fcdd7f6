import {
  AlreadyExistsException,
  DisabledException,
  IncorrectKeyException,
  InvalidAliasNameException,
  InvalidCiphertextException,
  InvalidMarkerException,
  KMSInvalidStateException,
  MalformedPolicyDocumentException,
  NotFoundException,
  TagException,
} from "@aws-sdk/client-kms";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

export const keyNotFound = (arn: string) =>
  new NotFoundException({ message: `Key '${arn}' does not exist`, $metadata });

export const aliasNotFound = (arn: string) =>
  new NotFoundException({ message: `Alias ${arn} is not found.`, $metadata });

export const invalidKeyId = (id: string) => new NotFoundException({ message: `Invalid keyId '${id}'`, $metadata });

export const policyNotFound = () => new NotFoundException({ message: "No such policy exists", $metadata });

export const aliasExists = (arn: string) =>
  new AlreadyExistsException({ message: `An alias with the name ${arn} already exists`, $metadata });

export const invalidAliasName = (message: string) => new InvalidAliasNameException({ message, $metadata });

export const keyDisabled = (arn: string) => new DisabledException({ message: `${arn} is disabled.`, $metadata });

export const pendingDeletion = (arn: string) =>
  new KMSInvalidStateException({ message: `${arn} is pending deletion.`, $metadata });

export const notPendingDeletion = (arn: string) =>
  new KMSInvalidStateException({ message: `${arn} is not pending deletion.`, $metadata });

export const invalidCiphertext = () => new InvalidCiphertextException({ message: "", $metadata });

export const incorrectKey = () =>
  new IncorrectKeyException({
    message: "The key ID in the request does not identify a CMK that can perform this operation.",
    $metadata,
  });

export const invalidMarker = () =>
  new InvalidMarkerException({ message: "Could not deserialize the marker.", $metadata });

export const malformedPolicy = () =>
  new MalformedPolicyDocumentException({ message: "The new key policy is not a valid policy document.", $metadata });

export const tooManyTags = () => new TagException({ message: "Too many tags", $metadata });

export const validation = (message: string) => new AwsError("ValidationException", message);
