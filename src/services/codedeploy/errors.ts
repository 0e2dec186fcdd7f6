import {
  AlarmsLimitExceededException,
  ApplicationAlreadyExistsException,
  ApplicationDoesNotExistException,
  ApplicationNameRequiredException,
  ArnNotSupportedException,
  BatchLimitExceededException,
  BucketNameFilterRequiredException,
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
  DeploymentNotStartedException,
  DeploymentTargetDoesNotExistException,
  DeploymentTargetIdRequiredException,
  DeploymentTargetListSizeExceededException,
  DescriptionTooLongException,
  InvalidAlarmConfigException,
  InvalidArnException,
  InvalidAutoRollbackConfigException,
  InvalidAutoScalingGroupException,
  InvalidDeploymentConfigNameException,
  InvalidDeploymentIdException,
  InvalidDeploymentStyleException,
  InvalidEC2TagCombinationException,
  InvalidEC2TagException,
  InvalidFileExistsBehaviorException,
  InvalidIgnoreApplicationStopFailuresValueException,
  InvalidLifecycleEventHookExecutionIdException,
  InvalidLifecycleEventHookExecutionStatusException,
  InvalidMinimumHealthyHostValueException,
  InvalidNextTokenException,
  InvalidOnPremisesTagCombinationException,
  InvalidOperationException,
  InvalidRevisionException,
  InvalidRoleException,
  InvalidTagException,
  InvalidTagsToAddException,
  InvalidTargetInstancesException,
  InvalidTimeRangeException,
  InvalidTrafficRoutingConfigurationException,
  InvalidTriggerConfigException,
  InvalidUpdateOutdatedInstancesOnlyValueException,
  LifecycleEventAlreadyCompletedException,
  RevisionDoesNotExistException,
  RevisionRequiredException,
  TagRequiredException,
  TriggerTargetsLimitExceededException,
  UnsupportedActionForDeploymentTypeException,
} from "@aws-sdk/client-codedeploy";

const $metadata = {};

type Refusal<E> = new (options: { readonly message: string; readonly $metadata: object }) => E;

/** A refusal whose words depend on what was asked. */
const refusal =
  <A extends readonly unknown[], E>(Exception: Refusal<E>, words: (...about: A) => string) =>
  (...about: A): E =>
    new Exception({ message: words(...about), $metadata });

/** A refusal whose words the caller knows. */
const because = <E>(Exception: Refusal<E>) => refusal(Exception, (message: string) => message);

export const noApplication = refusal(
  ApplicationDoesNotExistException,
  (name: string) => `No application found for name: ${name}`,
);
export const applicationExists = refusal(
  ApplicationAlreadyExistsException,
  (name: string) => `An application with name ${name} already exists`,
);
export const applicationNameRequired = refusal(
  ApplicationNameRequiredException,
  () => "The application name was not specified.",
);
export const noGroup = refusal(
  DeploymentGroupDoesNotExistException,
  (name: string) => `No Deployment Group found for name: ${name}`,
);
export const groupExists = refusal(
  DeploymentGroupAlreadyExistsException,
  (name: string) => `The deployment group ${name} already exists.`,
);
export const groupNameRequired = refusal(
  DeploymentGroupNameRequiredException,
  () => "The deployment group name was not specified.",
);
export const noConfig = refusal(
  DeploymentConfigDoesNotExistException,
  (name: string) => `No deployment configuration found for name: ${name}`,
);
export const configExists = refusal(
  DeploymentConfigAlreadyExistsException,
  (name: string) => `A deployment configuration with name ${name} already exists`,
);
export const configInUse = refusal(
  DeploymentConfigInUseException,
  (name: string) => `The deployment configuration ${name} is still in use.`,
);
export const predefinedConfig = refusal(
  InvalidOperationException,
  (name: string) => `Cannot delete the predefined deployment configuration ${name}`,
);
export const invalidConfigName = because(InvalidDeploymentConfigNameException);
export const invalidRouting = because(InvalidTrafficRoutingConfigurationException);
export const invalidHealthyHosts = because(InvalidMinimumHealthyHostValueException);

export const invalidRole = refusal(InvalidRoleException, () => "Cannot assume role provided.");
export const invalidStyle = because(InvalidDeploymentStyleException);
export const invalidEc2Tag = because(InvalidEC2TagException);
export const invalidOnPremisesTag = because(InvalidTagException);
export const bothEc2Tags = refusal(
  InvalidEC2TagCombinationException,
  () => "Only one of ec2TagFilters and ec2TagSet can be specified.",
);
export const bothOnPremisesTags = refusal(
  InvalidOnPremisesTagCombinationException,
  () => "Only one of onPremisesInstanceTagFilters and onPremisesTagSet can be specified.",
);
export const noAutoScalingGroup = refusal(
  InvalidAutoScalingGroupException,
  (name: string) => `The Auto Scaling group ${name} does not exist.`,
);
export const invalidTrigger = because(InvalidTriggerConfigException);
export const tooManyTriggers = refusal(
  TriggerTargetsLimitExceededException,
  (limit: number) => `A deployment group can have at most ${limit} triggers.`,
);
export const invalidAlarms = because(InvalidAlarmConfigException);
export const tooManyAlarms = refusal(
  AlarmsLimitExceededException,
  (limit: number) => `The maximum number of alarms for a deployment group (${limit}) was exceeded.`,
);
export const invalidAutoRollback = because(InvalidAutoRollbackConfigException);

export const noDeployment = refusal(
  DeploymentDoesNotExistException,
  (id: string) => `The deployment ${id} could not be found`,
);
export const invalidDeploymentId = refusal(
  InvalidDeploymentIdException,
  (id: string) => `Specified DeploymentId is not in the valid format: ${id}`,
);
export const deploymentIdRequired = refusal(
  DeploymentIdRequiredException,
  () => "At least one deployment ID must be specified.",
);
export const activeDeployment = refusal(
  DeploymentLimitExceededException,
  (group: string, id: string) => `The Deployment Group '${group}' already has an active Deployment '${id}'`,
);
export const alreadyCompleted = refusal(
  DeploymentAlreadyCompletedException,
  (id: string) => `The deployment ${id} has already completed`,
);
export const notStarted = refusal(
  DeploymentNotStartedException,
  (id: string) => `The deployment ${id} has not started.`,
);
export const descriptionTooLong = refusal(
  DescriptionTooLongException,
  (limit: number) => `The description can be at most ${limit} characters long.`,
);
export const fileExistsBehaviorGiven = refusal(
  InvalidFileExistsBehaviorException,
  () => "For Lambda, ECS and Kubernetes deployment, fileExistsBehavior can not be specified",
);
export const ignoresStopFailures = refusal(
  InvalidIgnoreApplicationStopFailuresValueException,
  () => "For Lambda deployments, ignoreApplicationStopFailures must be false.",
);
export const updatesOutdatedOnly = refusal(
  InvalidUpdateOutdatedInstancesOnlyValueException,
  () => "For Lambda deployments, updateOutdatedInstancesOnly must be false.",
);
export const invalidTargetInstances = refusal(
  InvalidTargetInstancesException,
  () => "Target instances can be specified for blue/green deployments to instances only.",
);

export const noTarget = refusal(
  DeploymentTargetDoesNotExistException,
  (id: string) => `The deployment target ${id} could not be found`,
);
export const targetIdRequired = refusal(
  DeploymentTargetIdRequiredException,
  () => "A deployment target ID was not provided.",
);
export const tooManyTargets = refusal(
  DeploymentTargetListSizeExceededException,
  () => "The target list of a Lambda deployment must have exactly one item.",
);
export const batchTooLarge = refusal(
  BatchLimitExceededException,
  (limit: number) => `The maximum number of names or IDs allowed for this request (${limit}) was exceeded.`,
);
export const invalidTimeRange = refusal(
  InvalidTimeRangeException,
  () => "The end of the time range must not be before its start.",
);

export const revisionRequired = refusal(RevisionRequiredException, () => "RevisionLocation must be specified");
export const invalidRevision = because(InvalidRevisionException);
export const noRevision = refusal(
  RevisionDoesNotExistException,
  () => "The named revision does not exist with the user or AWS account.",
);

export const bucketNameRequired = refusal(
  BucketNameFilterRequiredException,
  () => "A bucket name is required, but was not provided.",
);

export const noHookExecution = refusal(
  InvalidLifecycleEventHookExecutionIdException,
  () => "The lifecycle event hook execution ID is not valid.",
);
export const invalidHookStatus = refusal(
  InvalidLifecycleEventHookExecutionStatusException,
  () => "The result of a Lambda validation function must be Succeeded or Failed.",
);
export const hookAlreadyCompleted = refusal(
  LifecycleEventAlreadyCompletedException,
  () => "An attempt to return the status of an already completed lifecycle event occurred.",
);
export const notForPlatform = refusal(
  UnsupportedActionForDeploymentTypeException,
  (platform: string) => `The operation is not supported for deployments on the ${platform} compute platform.`,
);

export const invalidArn = refusal(InvalidArnException, (arn: string) => `The ARN ${arn} is not valid.`);
export const arnNotSupported = refusal(ArnNotSupportedException, (arn: string) => `The ARN ${arn} is not supported.`);
export const tagRequired = refusal(TagRequiredException, () => "A tag was not specified.");
export const invalidTags = because(InvalidTagsToAddException);
export const invalidNextToken = refusal(InvalidNextTokenException, () => "The next token is not valid.");
