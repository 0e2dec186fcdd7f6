import {
  AlreadyExistsException,
  DisabledException,
  DryRunOperationException,
  ExpiredImportTokenException,
  IncorrectKeyException,
  IncorrectKeyMaterialException,
  InvalidAliasNameException,
  InvalidCiphertextException,
  InvalidGrantTokenException,
  InvalidImportTokenException,
  InvalidKeyUsageException,
  InvalidMarkerException,
  KMSInvalidMacException,
  KMSInvalidSignatureException,
  KMSInvalidStateException,
  LimitExceededException,
  MalformedPolicyDocumentException,
  NotFoundException,
  TagException,
  UnsupportedOperationException,
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

export const notPrimary = (arn: string) =>
  new UnsupportedOperationException({ message: `${arn} is not a multi-region primary key.`, $metadata });

export const alreadyReplicated = (id: string, region: string) =>
  new AlreadyExistsException({ message: `A key with the id ${id} already exists in ${region}.`, $metadata });

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

export const badTags = (message: string) => new TagException({ message, $metadata });

export const invalidRegion = (region: string) => new NotFoundException({ message: `Invalid arn ${region}`, $metadata });

export const pendingImport = (arn: string) =>
  new KMSInvalidStateException({ message: `${arn} is pending import.`, $metadata });

export const nothingToRotateTo = (arn: string) =>
  new KMSInvalidStateException({
    message: `No available key material pending rotation for the key: ${arn}.`,
    $metadata,
  });

export const alreadyPendingRotation = (arn: string, pending: string, id: string) =>
  new KMSInvalidStateException({
    message: `New key material (id: ${id}) cannot be imported into KMS key ${arn}, because another key material (id: ${pending}) is pending rotation.`,
    $metadata,
  });

export const tooManyRotations = (arn: string) =>
  new LimitExceededException({
    message: `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${arn}`,
    $metadata,
  });

export const unsupported = (message = "") => new UnsupportedOperationException({ message, $metadata });

export const wrongOrigin = (arn: string, origin: string) =>
  unsupported(`${arn} origin is ${origin} which is not valid for this operation.`);

export const wrongUsage = (arn: string, usage: string, operation: string) =>
  new InvalidKeyUsageException({
    message: `${arn} key usage is ${usage} which is not valid for ${operation}.`,
    $metadata,
  });

export const incompatibleAlgorithm = (algorithm: string, spec: string) =>
  new InvalidKeyUsageException({
    message: `Algorithm ${algorithm} is incompatible with key spec ${spec}.`,
    $metadata,
  });

export const invalidMac = () => new KMSInvalidMacException({ message: "", $metadata });

export const invalidSignature = () => new KMSInvalidSignatureException({ message: "", $metadata });

export const invalidDigestLength = (algorithm: string) =>
  validation(`Digest is invalid length for algorithm ${algorithm}.`);

export const plaintextTooLong = (algorithm: string, spec: string, maximum: number) =>
  validation(`Algorithm ${algorithm} and key spec ${spec} cannot encrypt data larger than ${maximum} bytes.`);

export const dryRunSucceeded = () =>
  new DryRunOperationException({
    message: "The request would have succeeded, but the DryRun option is set.",
    $metadata,
  });

export const grantNotFound = (id: string) => new NotFoundException({ message: `Grant ID ${id} not found`, $metadata });

export const invalidGrantToken = () => new InvalidGrantTokenException({ message: "", $metadata });

export const invalidImportToken = () => new InvalidImportTokenException({ message: "", $metadata });

export const expiredImportToken = () => new ExpiredImportTokenException({ message: "", $metadata });

export const incorrectKeyMaterial = () => new IncorrectKeyMaterialException({ message: "", $metadata });

export const validation = (message: string) => new AwsError("ValidationException", message);
