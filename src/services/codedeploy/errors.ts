import {
  ApplicationAlreadyExistsException,
  ApplicationDoesNotExistException,
  DeploymentAlreadyCompletedException,
  DeploymentConfigAlreadyExistsException,
  DeploymentConfigDoesNotExistException,
  DeploymentConfigInUseException,
  DeploymentDoesNotExistException,
  DeploymentGroupAlreadyExistsException,
  DeploymentGroupDoesNotExistException,
  DeploymentGroupNameRequiredException,
  DeploymentIdRequiredException,
  DeploymentLimitExceededException,
  DeploymentTargetDoesNotExistException,
  InvalidArnException,
  InvalidLifecycleEventHookExecutionIdException,
  InvalidLifecycleEventHookExecutionStatusException,
  InvalidNextTokenException,
  InvalidOperationException,
  InvalidRevisionException,
  InvalidTrafficRoutingConfigurationException,
  LifecycleEventAlreadyCompletedException,
  RevisionRequiredException,
  UnsupportedActionForDeploymentTypeException,
} from "@aws-sdk/client-codedeploy";

const $metadata = {};

export const noApplication = (name: string) =>
  new ApplicationDoesNotExistException({ message: `No application found for name: ${name}`, $metadata });

export const applicationExists = (name: string) =>
  new ApplicationAlreadyExistsException({ message: `An application with name ${name} already exists`, $metadata });

export const noGroup = (name: string) =>
  new DeploymentGroupDoesNotExistException({ message: `No Deployment Group found for name: ${name}`, $metadata });

export const groupExists = (name: string) =>
  new DeploymentGroupAlreadyExistsException({ message: `The deployment group ${name} already exists.`, $metadata });

export const groupNameRequired = () =>
  new DeploymentGroupNameRequiredException({ message: "The deployment group name was not specified.", $metadata });

export const noConfig = (name: string) =>
  new DeploymentConfigDoesNotExistException({
    message: `No deployment configuration found for name: ${name}`,
    $metadata,
  });

export const configExists = (name: string) =>
  new DeploymentConfigAlreadyExistsException({
    message: `A deployment configuration with name ${name} already exists`,
    $metadata,
  });

export const configInUse = (name: string) =>
  new DeploymentConfigInUseException({ message: `The deployment configuration ${name} is still in use.`, $metadata });

export const predefinedConfig = (name: string) =>
  new InvalidOperationException({
    message: `Cannot delete the predefined deployment configuration ${name}`,
    $metadata,
  });

export const invalidRouting = (message: string) =>
  new InvalidTrafficRoutingConfigurationException({ message, $metadata });

export const noDeployment = (id: string) =>
  new DeploymentDoesNotExistException({ message: `The deployment ${id} could not be found`, $metadata });

export const deploymentIdRequired = () =>
  new DeploymentIdRequiredException({ message: "At least one deployment ID must be specified.", $metadata });

export const activeDeployment = (group: string, id: string) =>
  new DeploymentLimitExceededException({
    message: `The Deployment Group '${group}' already has an active Deployment '${id}'`,
    $metadata,
  });

export const alreadyCompleted = (id: string) =>
  new DeploymentAlreadyCompletedException({ message: `The deployment ${id} has already completed`, $metadata });

export const noTarget = (id: string) =>
  new DeploymentTargetDoesNotExistException({ message: `The deployment target ${id} could not be found`, $metadata });

export const revisionRequired = () =>
  new RevisionRequiredException({ message: "The revision ID was not specified.", $metadata });

export const invalidRevision = (detail: string) =>
  new InvalidRevisionException({ message: `The AppSpec content is not valid: ${detail}`, $metadata });

export const noHookExecution = () =>
  new InvalidLifecycleEventHookExecutionIdException({
    message: "The lifecycle event hook execution ID is not valid.",
    $metadata,
  });

export const invalidHookStatus = () =>
  new InvalidLifecycleEventHookExecutionStatusException({
    message: "The result of a Lambda validation function must be Succeeded or Failed.",
    $metadata,
  });

export const hookAlreadyCompleted = () =>
  new LifecycleEventAlreadyCompletedException({
    message: "An attempt to return the status of an already completed lifecycle event occurred.",
    $metadata,
  });

export const notForLambda = () =>
  new UnsupportedActionForDeploymentTypeException({
    message: "The operation is not supported for deployments on the Lambda compute platform.",
    $metadata,
  });

export const invalidArn = (arn: string) =>
  new InvalidArnException({ message: `The ARN ${arn} is not valid.`, $metadata });

export const invalidNextToken = () =>
  new InvalidNextTokenException({ message: "The next token is not valid.", $metadata });
