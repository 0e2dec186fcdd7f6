import {
  HierarchyTypeMismatchException,
  IncompatiblePolicyException,
  InvalidNextToken,
  InvalidPolicyAttributeException,
  InvalidPolicyTypeException,
  InvalidResourceId,
  ParameterAlreadyExists,
  ParameterMaxVersionLimitExceeded,
  ParameterNotFound,
  ParameterPatternMismatchException,
  ParameterVersionLabelLimitExceeded,
  ParameterVersionNotFound,
  PoliciesLimitExceededException,
  TooManyTagsError,
} from "@aws-sdk/client-ssm";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

// Differs: AWS leaves this message empty; a name helps who reads it.
export const parameterNotFound = (name: string) =>
  new ParameterNotFound({ message: `Parameter ${name} not found.`, $metadata });

export const secretNotFound = (name: string) =>
  new ParameterNotFound({ message: `Secret ${name} not found.`, $metadata });

export const versionNotFound = (selector: string, name: string) =>
  new ParameterVersionNotFound({
    message: `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    $metadata,
  });

export const parameterAlreadyExists = () =>
  new ParameterAlreadyExists({
    message: "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    $metadata,
  });

export const patternMismatch = (pattern: string) =>
  new ParameterPatternMismatchException({
    message: `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    $metadata,
  });

export const typeMismatch = (from: string, to: string) =>
  new HierarchyTypeMismatchException({
    message: `Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't change a parameter from a ${from} type to a ${to} type. You must create a new, unique parameter.`,
    $metadata,
  });

export const oldestVersionLabelled = (name: string, version: number) =>
  new ParameterMaxVersionLimitExceeded({
    message: `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
    $metadata,
  });

export const tooManyLabels = () =>
  new ParameterVersionLabelLimitExceeded({
    message:
      "A parameter version can have maximum 10 labels. Move one or more labels to another version and try again.",
    $metadata,
  });

export const tooManyTags = () =>
  new TooManyTagsError({ $metadata, message: "The Targets parameter includes too many tags." });

export const invalidResourceId = () =>
  new InvalidResourceId({
    message: "The resource ID isn't valid. Verify that you entered the correct ID and try again.",
    $metadata,
  });

export const invalidNextToken = () => new InvalidNextToken({ message: "The specified token isn't valid.", $metadata });

export const invalidPolicyType = () =>
  new InvalidPolicyTypeException({
    message:
      "The policy type isn't supported. Parameter Store supports the following policy types: Expiration, ExpirationNotification, and NoChangeNotification.",
    $metadata,
  });

export const invalidPolicyAttribute = () =>
  new InvalidPolicyAttributeException({ message: "A policy attribute or its value is invalid.", $metadata });

export const incompatiblePolicies = () =>
  new IncompatiblePolicyException({
    message:
      "There is a conflict in the policies specified for this parameter. You can't, for example, specify two Expiration policies for a parameter. Review your policies, and try again.",
    $metadata,
  });

export const tooManyPolicies = () =>
  new PoliciesLimitExceededException({
    message: "You specified more than the maximum number of allowed policies for the parameter. The maximum is 10.",
    $metadata,
  });

export const accessToReservedName = (name: string) =>
  new AwsError("AccessDeniedException", `No access to reserved parameter name: ${name}.`);

export const validation = (message: string) => new AwsError("ValidationException", message);
