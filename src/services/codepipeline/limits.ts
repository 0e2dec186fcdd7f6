import { own } from "../../kernel/own.ts";

// https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
export const MIN_STAGES = 2;
export const MAX_STAGES = 50;
export const MAX_ACTIONS_PER_STAGE = 100;
export const MAX_ACTIONS_PER_PIPELINE = 1000;
/** Executions of one pipeline in the mode PARALLEL or QUEUED that may be under way. */
export const MAX_CONCURRENT_EXECUTIONS = 50;
export const DEFAULT_PAGE_SIZE = 100;

/** All output variables of an action together, and its configuration with its variables resolved. */
export const MAX_OUTPUT_VARIABLES_BYTES = 122_880;
export const MAX_CONFIGURATION_BYTES = 102_400;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DEFAULT_ACTION_TIMEOUT_MS = HOUR_MS;
/** How long an action may take, by its category and provider or its provider alone; others an hour. */
const ACTION_TIMEOUTS_MS: Readonly<Record<string, number>> = {
  Manual: 7 * 24 * HOUR_MS,
  CodeBuild: 36 * HOUR_MS,
  CloudFormation: 72 * HOUR_MS,
  CodeDeploy: 120 * HOUR_MS,
  "Deploy/S3": 1.5 * HOUR_MS,
  "Invoke/Lambda": 24 * HOUR_MS,
  StepFunctions: 7 * 24 * HOUR_MS,
  // Rules that wait for something to come about.
  CloudWatchAlarm: 7 * 24 * HOUR_MS,
  DeploymentWindow: 7 * 24 * HOUR_MS,
};
const CUSTOM_ACTION_TIMEOUT_MS = 24 * HOUR_MS;
type TimedAction = Readonly<Record<"category" | "owner" | "provider", string>> & {
  readonly timeoutInMinutes?: number | undefined;
};
export const actionTimeoutMs = ({ category, owner, provider, timeoutInMinutes }: TimedAction): number => {
  if (timeoutInMinutes !== undefined) return timeoutInMinutes * MINUTE_MS;
  if (owner === "Custom") return CUSTOM_ACTION_TIMEOUT_MS;
  return (
    own(ACTION_TIMEOUTS_MS, `${category}/${provider}`) ?? own(ACTION_TIMEOUTS_MS, provider) ?? DEFAULT_ACTION_TIMEOUT_MS
  );
};
/** After this a function that has been handed a job and says nothing is not waited for any more. */
export const FUNCTION_SILENCE_MS = HOUR_MS / 3;

/** An artifact that an action here reads in memory. */
export const MAX_ARTIFACT_BYTES = 1024 * 1024 * 1024;
export const MAX_TEMPLATE_BODY_BYTES = 51_200;
/** How often an action looks again at what it set going when no event says that it changed. */
export const POLL_MS = 5_000;
/** After this a job that was given out and is not acknowledged is given out again. */
export const JOB_VISIBILITY_MS = 60_000;
/** What GitHub sends at most: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export const MAX_WEBHOOK_BYTES = 25 * 1024 * 1024;
export const MAX_TAGS = 50;
export const MAX_PIPELINES = 1000;
/** Of which so many look for changes of their sources by themselves. */
export const MAX_POLLING_PIPELINES = 300;
export const MAX_WEBHOOKS = 300;
export const MAX_CUSTOM_ACTION_TYPES = 50;
export const MAX_JOBS_PER_POLL = 1000;
