import {
  ImageNotFoundException,
  InvalidParameterException,
  LifecyclePolicyNotFoundException,
  LimitExceededException,
  RepositoryAlreadyExistsException,
  RepositoryNotFoundException,
  RepositoryPolicyNotFoundException,
  TooManyTagsException,
} from "@aws-sdk/client-ecr";

const $metadata = {};

export const repositoryNotFound = (name: string, registryId: string) =>
  new RepositoryNotFoundException({
    message: `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
    $metadata,
  });

export const repositoryAlreadyExists = (name: string, registryId: string) =>
  new RepositoryAlreadyExistsException({
    message: `The repository with name '${name}' already exists in the registry with id '${registryId}'`,
    $metadata,
  });

export const repositoryPolicyNotFound = (name: string, registryId: string) =>
  new RepositoryPolicyNotFoundException({
    message: `Repository policy does not exist for the repository with name '${name}' in the registry with id '${registryId}'`,
    $metadata,
  });

export const lifecyclePolicyNotFound = (name: string, registryId: string) =>
  new LifecyclePolicyNotFoundException({
    message: `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${registryId}'`,
    $metadata,
  });

export const imageNotFound = (image: string, name: string, registryId: string) =>
  new ImageNotFoundException({
    message: `The image with imageId {${image}} does not exist within the repository with name '${name}' in the registry with id '${registryId}'`,
    $metadata,
  });

export const invalidParameter = (message: string) => new InvalidParameterException({ message, $metadata });

export const tooManyTags = () =>
  new TooManyTagsException({ message: "The tag list exceeds the allowed limit of 50.", $metadata });

export const tooManyRepositories = (registryId: string) =>
  new LimitExceededException({
    message: `The repository limit is exceeded in the registry with id '${registryId}'`,
    $metadata,
  });
