import {
  InvalidPolicyRevisionIdException,
  InvalidRequestException,
  MalformedPolicyDocumentException,
  PolicyCountLimitExceededException,
  PolicySizeLimitExceededException,
  ResourceNotFoundException,
  RuleLimitExceededException,
  TooManyTagsException,
} from "@aws-sdk/client-xray";

const $metadata = {};

export const invalidRequest = (message: string) =>
  new InvalidRequestException({ message, Message: message, $metadata });

export const invalidNextToken = () => invalidRequest("The NextToken is not valid.");

export const resourceNotFound = (arn: string) => {
  const message = `The resource ${arn} does not exist.`;
  return new ResourceNotFoundException({ message, Message: message, ResourceName: arn, $metadata });
};

export const tooManyTags = (arn: string) => {
  const message = "The resource would have more than 50 tags.";
  return new TooManyTagsException({ message, Message: message, ResourceName: arn, $metadata });
};

export const tooManyRules = () => {
  const message = "The limit of 25 sampling rules is reached.";
  return new RuleLimitExceededException({ message, Message: message, $metadata });
};

export const malformedPolicy = (message: string) =>
  new MalformedPolicyDocumentException({ message, Message: message, $metadata });

export const policyTooLarge = () => {
  const message = "The resource policy is larger than 5 KB.";
  return new PolicySizeLimitExceededException({ message, Message: message, $metadata });
};

export const tooManyPolicies = () => {
  const message = "The limit of 5 resource policies is reached.";
  return new PolicyCountLimitExceededException({ message, Message: message, $metadata });
};

export const wrongRevision = () => {
  const message = "The policy revision id is not that of the policy.";
  return new InvalidPolicyRevisionIdException({ message, Message: message, $metadata });
};
