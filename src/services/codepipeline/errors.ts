import {
  ActionExecutionNotFoundException,
  ActionNotFoundException,
  ActionTypeNotFoundException,
  ApprovalAlreadyCompletedException,
  ConcurrentPipelineExecutionsLimitExceededException,
  ConditionNotOverridableException,
  DuplicatedStopRequestException,
  InvalidActionDeclarationException,
  InvalidApprovalTokenException,
  InvalidArnException,
  InvalidClientTokenException,
  InvalidJobStateException,
  InvalidNextTokenException,
  InvalidNonceException,
  InvalidStructureException,
  InvalidTagsException,
  JobNotFoundException,
  LimitExceededException,
  NotLatestPipelineExecutionException,
  OutputVariablesSizeExceededException,
  PipelineExecutionNotFoundException,
  PipelineExecutionNotStoppableException,
  PipelineExecutionOutdatedException,
  PipelineNameInUseException,
  PipelineNotFoundException,
  PipelineVersionNotFoundException,
  ResourceNotFoundException,
  StageNotFoundException,
  StageNotRetryableException,
  TooManyTagsException,
  UnableToRollbackStageException,
  ValidationException,
  WebhookNotFoundException,
} from "@aws-sdk/client-codepipeline";

const $metadata = {};

/** AWS names account and pipeline, and speaks of the account first. */
export const pipelineNotFound = (account: string, name: string) =>
  new PipelineNotFoundException({
    message: `Account '${account}' does not have a pipeline with name '${name}'`,
    $metadata,
  });

export const pipelineVersionNotFound = (name: string, version: number) =>
  new PipelineVersionNotFoundException({ message: `Pipeline '${name}' does not have a version ${version}`, $metadata });

export const pipelineNameInUse = (account: string, name: string) =>
  new PipelineNameInUseException({
    message: `A pipeline with the name '${name}' already exists in account '${account}'`,
    $metadata,
  });

export const executionNotFound = (pipeline: string, id: string) =>
  new PipelineExecutionNotFoundException({
    message: `Pipeline execution with id '${id}' for pipeline '${pipeline}' not found`,
    $metadata,
  });

export const executionNotStoppable = (message: string) =>
  new PipelineExecutionNotStoppableException({ message, $metadata });
export const duplicatedStop = (message: string) => new DuplicatedStopRequestException({ message, $metadata });
export const stageNotFound = (pipeline: string, stage: string) =>
  new StageNotFoundException({ message: `Stage '${stage}' does not exist in pipeline '${pipeline}'`, $metadata });
export const actionNotFound = (action: string, stage: string) =>
  new ActionNotFoundException({ message: `Action '${action}' does not exist in stage '${stage}'`, $metadata });
export const actionExecutionNotFound = (id: string) =>
  new ActionExecutionNotFoundException({ message: `Action execution with id '${id}' not found`, $metadata });
export const stageNotRetryable = (message: string) => new StageNotRetryableException({ message, $metadata });
export const notLatestExecution = (stage: string, id: string) =>
  new NotLatestPipelineExecutionException({
    message: `Pipeline execution ${id} is not the latest execution in stage ${stage}`,
    $metadata,
  });
export const conditionNotOverridable = (message: string) =>
  new ConditionNotOverridableException({ message, $metadata });
export const unableToRollBack = (message: string) => new UnableToRollbackStageException({ message, $metadata });
export const executionOutdated = (id: string) =>
  new PipelineExecutionOutdatedException({
    message: `The pipeline execution ${id} is outdated and cannot be used as a target for a rollback: the pipeline's structure has changed since`,
    $metadata,
  });
export const invalidStructure = (message: string) => new InvalidStructureException({ message, $metadata });
export const invalidAction = (message: string) => new InvalidActionDeclarationException({ message, $metadata });
export const invalidApprovalToken = () =>
  new InvalidApprovalTokenException({ message: "The approval token is not valid.", $metadata });
export const approvalCompleted = () =>
  new ApprovalAlreadyCompletedException({
    message: "The approval action has already been approved or rejected.",
    $metadata,
  });
export const invalidNextToken = () => new InvalidNextTokenException({ message: "Invalid next token", $metadata });
export const invalidArn = (arn: string) => new InvalidArnException({ message: `Invalid ARN: ${arn}`, $metadata });
export const resourceNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `The resource ${arn} was not found.`, $metadata });
/** What TagResource and UpdatePipeline say of a pipeline that is not there. */
export const noSuchPipeline = (account: string, name: string) =>
  new ResourceNotFoundException({
    message: `The account with id '${account}' does not include a pipeline with the name '${name}'`,
    $metadata,
  });
export const systemTags = () =>
  new InvalidTagsException({
    message:
      "Not allowed to modify system tags. System tags start with 'aws:'. msg=[Caller is an end user and not allowed to mutate system tags]",
    $metadata,
  });
export const tooManyTags = (arn: string) =>
  new TooManyTagsException({ message: `Tag limit exceeded for resource [${arn}].`, $metadata });
export const webhookNotFound = (name: string) =>
  new WebhookNotFoundException({ message: `Webhook ${name} was not found.`, $metadata });
export const jobNotFound = (id: string) => new JobNotFoundException({ message: `Job ${id} was not found.`, $metadata });
export const invalidJobState = () =>
  new InvalidJobStateException({ message: "The job is not in a state in which a result is taken.", $metadata });
export const outputVariablesTooLarge = () =>
  new OutputVariablesSizeExceededException({
    message: "Exceeded the total size limit for all variables in the pipeline.",
    $metadata,
  });
export const actionTypeNotFound = (id: string) =>
  new ActionTypeNotFoundException({ message: `The action type ${id} was not found.`, $metadata });
export const invalidNonce = () =>
  new InvalidNonceException({ message: "The nonce is not the one the job was given out with.", $metadata });
export const invalidClientToken = () =>
  new InvalidClientTokenException({ message: "The client token is not valid for this job.", $metadata });
export const invalid = (message: string) => new ValidationException({ message, $metadata });

export const tooMany = (what: string, limit: number) =>
  new LimitExceededException({ message: `The number of ${what} cannot be greater than ${limit}`, $metadata });

export const tooManyExecutions = (name: string, limit: number) =>
  new ConcurrentPipelineExecutionsLimitExceededException({
    message: `The pipeline ${name} has reached the limit of ${limit} concurrent executions`,
    $metadata,
  });
