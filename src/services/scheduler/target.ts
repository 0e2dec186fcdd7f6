import { parseArn } from "../../kernel/arn.ts";
import { assumeRole } from "../../kernel/assumeRole.ts";
import type { Context } from "../../kernel/context.ts";
import { NotImplemented } from "../../kernel/errors.ts";
import { asScheduler } from "./assuming.ts";
import { invalid } from "./errors.ts";
import { DEFAULT_MAX_AGE_SECONDS, DEFAULT_MAX_RETRIES } from "./limits.ts";
import type { TargetInput, TargetRecord } from "./records.ts";

/** Services with a target of their own; every other API is reached as `arn:aws:scheduler:::aws-sdk:SERVICE:action`. */
const TEMPLATED = ["codebuild", "codepipeline", "events", "lambda", "sns", "sqs", "states"];

/** Parameters of targets that no room here serves. */
const UNBUILT = [
  "EcsParameters",
  "EventBridgePutEventsV2Parameters",
  "EventBridgePutRawEventsParameters",
  "KinesisParameters",
  "SageMakerPipelineParameters",
] as const;

export const readTarget = (input: TargetInput): TargetRecord => {
  const { Arn = "", RoleArn = "", Input, DeadLetterConfig, RetryPolicy, SqsParameters, EventBridgeParameters } = input;
  const service = parseArn(Arn)?.service;
  if (service === undefined) throw invalid(`Provided Arn is not in correct format.`);
  for (const member of UNBUILT) {
    if (input[member] !== undefined) throw new NotImplemented(`schedules with ${member}`);
  }
  if (service !== "scheduler" && !TEMPLATED.includes(service))
    throw new NotImplemented(`schedules that call ${service}`);
  if (service === "events" && !EventBridgeParameters) {
    throw invalid("EventBridgeParameters must be specified for an EventBridge target.");
  }
  if ((service === "states" || service === "events") && Input !== undefined) checkJson(Input);
  if (service === "scheduler") checkJson(Input ?? "{}");
  return {
    arn: Arn,
    roleArn: RoleArn,
    ...(Input === undefined ? {} : { input: Input }),
    ...(DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: DeadLetterConfig.Arn }),
    maxAgeSeconds: RetryPolicy?.MaximumEventAgeInSeconds ?? DEFAULT_MAX_AGE_SECONDS,
    maxRetries: RetryPolicy?.MaximumRetryAttempts ?? DEFAULT_MAX_RETRIES,
    ...(SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: SqsParameters.MessageGroupId }),
    ...(EventBridgeParameters
      ? { event: { detailType: EventBridgeParameters.DetailType ?? "", source: EventBridgeParameters.Source ?? "" } }
      : {}),
  };
};

const checkJson = (text: string): void => {
  try {
    JSON.parse(text);
  } catch {
    throw invalid("Input must be valid JSON.");
  }
};

/** AWS: a role that the Scheduler cannot assume is refused when the schedule is made. */
export const checkRole = async (ctx: Context, scheduleArn: string, roleArn: string): Promise<void> => {
  try {
    await assumeRole(ctx, asScheduler(scheduleArn), roleArn, "scheduler");
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    throw invalid("The execution role you provide must allow AWS EventBridge Scheduler to assume the role.");
  }
};
