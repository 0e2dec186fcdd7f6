import type {
  CreateEventSourceMappingCommandInput,
  UpdateEventSourceMappingCommandInput,
} from "@aws-sdk/client-lambda";
import { MAX_RECEIVED_MESSAGES } from "../../../engines/eventSources/limits.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidValue } from "../errors.ts";
import { DEFAULT_QUEUE_BATCH, DEFAULT_STREAM_BATCH, MAX_STREAM_BATCH } from "../limits.ts";
import type { EventSourceRecord } from "../records.ts";
import { filtersOf } from "./filters.ts";

/** What both CreateEventSourceMapping and UpdateEventSourceMapping may say. */
type Settings = Pick<
  CreateEventSourceMappingCommandInput & UpdateEventSourceMappingCommandInput,
  | "Enabled"
  | "BatchSize"
  | "FilterCriteria"
  | "MaximumBatchingWindowInSeconds"
  | "ParallelizationFactor"
  | "DestinationConfig"
  | "MaximumRecordAgeInSeconds"
  | "BisectBatchOnFunctionError"
  | "MaximumRetryAttempts"
  | "TumblingWindowInSeconds"
  | "FunctionResponseTypes"
  | "ScalingConfig"
  | "KMSKeyArn"
  | "MetricsConfig"
  | "LoggingConfig"
  | "ProvisionedPollerConfig"
>;

/** Which kind of source an ARN names; refuses those that are not built by their name. */
export const sourceKind = (arn: string | undefined): EventSourceRecord["kind"] => {
  const parsed = arn === undefined ? undefined : parseArn(arn);
  if (parsed?.service === "sqs") return "sqs";
  if (parsed?.service === "dynamodb" && parsed.resource.includes("/stream/")) return "dynamodb";
  const unbuilt = UNBUILT[parsed?.service ?? ""];
  if (unbuilt) throw new NotImplemented(`lambda's event source mappings of ${unbuilt}`);
  throw invalidValue("Unrecognized event source.");
};

const UNBUILT: Readonly<Record<string, string>> = {
  kinesis: "Kinesis",
  kafka: "Amazon MSK",
  mq: "Amazon MQ",
  rds: "Amazon DocumentDB",
};

/** A mapping before anything is said of it. */
export const blankMapping = (kind: EventSourceRecord["kind"]) => ({
  enabled: true,
  batchSize: kind === "sqs" ? DEFAULT_QUEUE_BATCH : DEFAULT_STREAM_BATCH,
  windowSeconds: 0,
  reportsItemFailures: false,
  parallelization: 1,
  bisects: false,
  maxRetries: -1,
  maxAgeSeconds: -1,
  tumblingSeconds: 0,
});

/** A mapping with what an input names in place of what it had. */
export const withSettings = (before: EventSourceRecord, input: Settings): EventSourceRecord => {
  if (input.LoggingConfig?.SystemLogLevel) throw new NotImplemented("the LoggingConfig of an event source mapping");
  if (input.ProvisionedPollerConfig) throw new NotImplemented("the ProvisionedPollerConfig of an event source mapping");
  const onFailure = input.DestinationConfig?.OnFailure?.Destination;
  const { filters: had, maxConcurrency: bound, onFailure: sentTo, ...rest } = before;
  const filters = input.FilterCriteria ? filtersOf(input.FilterCriteria) : had;
  const maxConcurrency = input.ScalingConfig ? input.ScalingConfig.MaximumConcurrency : bound;
  const destination = input.DestinationConfig ? onFailure : sentTo;
  return checked(input, {
    ...rest,
    enabled: input.Enabled ?? before.enabled,
    batchSize: input.BatchSize ?? before.batchSize,
    windowSeconds: input.MaximumBatchingWindowInSeconds ?? before.windowSeconds,
    reportsItemFailures: input.FunctionResponseTypes
      ? input.FunctionResponseTypes.includes("ReportBatchItemFailures")
      : before.reportsItemFailures,
    parallelization: input.ParallelizationFactor ?? before.parallelization,
    bisects: input.BisectBatchOnFunctionError ?? before.bisects,
    maxRetries: input.MaximumRetryAttempts ?? before.maxRetries,
    maxAgeSeconds: input.MaximumRecordAgeInSeconds ?? before.maxAgeSeconds,
    tumblingSeconds: input.TumblingWindowInSeconds ?? before.tumblingSeconds,
    ...(filters ? { filters } : {}),
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    ...(destination ? { onFailure: destination } : {}),
    ...(input.KMSKeyArn === undefined ? {} : { kmsKeyArn: input.KMSKeyArn }),
    ...(input.MetricsConfig?.Metrics ? { metrics: input.MetricsConfig.Metrics } : {}),
  });
};

const checked = (input: Settings, mapping: EventSourceRecord): EventSourceRecord => {
  const { batchSize, windowSeconds, kind, sourceArn } = mapping;
  if (kind === "dynamodb") {
    if (batchSize > MAX_STREAM_BATCH) {
      throw invalidValue(`Batch size must be less than or equal to ${MAX_STREAM_BATCH} for DynamoDB event sources.`);
    }
    if (input.ScalingConfig) throw invalidValue("ScalingConfig is not supported for this event source type.");
    checkAge(mapping.maxAgeSeconds);
    return mapping;
  }
  checkDestination(kind, input.DestinationConfig);
  for (const name of STREAMS_ONLY) {
    if (input[name] !== undefined) throw invalidValue(`Unsupported parameter for SQS event sources: ${name}`);
  }
  if (sourceArn.endsWith(".fifo")) {
    if (windowSeconds > 0) throw invalidValue("Batching window is not supported for FIFO queues");
    if (batchSize > MAX_RECEIVED_MESSAGES) {
      throw invalidValue(`Batch size must be less than or equal to ${MAX_RECEIVED_MESSAGES} for FIFO queues`);
    }
  }
  if (batchSize > MAX_RECEIVED_MESSAGES && windowSeconds === 0) {
    throw invalidValue(
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
  }
  return mapping;
};

/** AWS: what a queue could not deliver has its own dead-letter queue. */
export const checkDestination = (kind: EventSourceRecord["kind"], destination: Settings["DestinationConfig"]): void => {
  if (kind !== "sqs" || destination === undefined) return;
  throw invalidValue("Unsupported DestinationConfig parameter for given event source mapping type.");
};

const STREAMS_ONLY = [
  "ParallelizationFactor",
  "BisectBatchOnFunctionError",
  "MaximumRetryAttempts",
  "MaximumRecordAgeInSeconds",
  "TumblingWindowInSeconds",
] as const;

/** AWS: a bound below a minute is none. */
const checkAge = (seconds: number): void => {
  if (seconds >= 0 && seconds < 60) {
    throw invalidValue("MaximumRecordAgeInSeconds must be -1 or between 60 and 604800");
  }
};
