import type { PipeSourceParameters } from "@aws-sdk/client-pipes";
import { MAX_RECEIVED_MESSAGES } from "../../../engines/eventSources/limits.ts";
import { patternFault } from "../../../engines/pattern/patternFault.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { own } from "../../../kernel/own.ts";
import { invalidField, missingField } from "../errors.ts";
import { DEFAULT_QUEUE_BATCH, DEFAULT_STREAM_BATCH } from "../limits.ts";

/** What may be said of the sources that are built. */
export type SourceSettings = Pick<
  PipeSourceParameters,
  "FilterCriteria" | "SqsQueueParameters" | "DynamoDBStreamParameters"
>;

export type SourceKind = "sqs" | "dynamodb";

const UNBUILT: Readonly<Record<string, string>> = {
  kinesis: "Kinesis",
  kafka: "Amazon MSK",
  mq: "Amazon MQ",
};

/** Which kind of source an ARN names; refuses those that are not built by their name. */
export const sourceKind = (source: string): SourceKind => {
  if (source.startsWith("smk://")) throw new NotImplemented("pipes that read self-managed Kafka");
  const arn = parseArn(source);
  if (arn?.service === "sqs") return "sqs";
  if (arn?.service === "dynamodb" && arn.resource.includes("/stream/")) return "dynamodb";
  const unbuilt = own(UNBUILT, arn?.service ?? "");
  if (unbuilt) throw new NotImplemented(`pipes that read ${unbuilt}`);
  throw invalidField("Source", `The source ${source} is not supported.`);
};

const MEMBERS = {
  sqs: "SqsQueueParameters",
  dynamodb: "DynamoDBStreamParameters",
} as const;

/** Checks what a pipe says of its source, and fills in what it does not say. */
export const readSource = (source: string, given: SourceSettings = {}): SourceSettings => {
  const kind = sourceKind(source);
  const { FilterCriteria, ...services } = given;
  for (const [member, value] of Object.entries(services)) {
    if (value !== undefined && member !== MEMBERS[kind])
      throw invalidField(`SourceParameters.${member}`, "The parameter does not fit the source.");
  }
  const filters = FilterCriteria?.Filters ?? [];
  for (const { Pattern = "" } of filters) {
    const fault = patternFault(Pattern);
    if (fault !== undefined)
      throw invalidField("SourceParameters.FilterCriteria", `Invalid filter pattern definition. ${fault}`);
  }
  return {
    ...(filters.length > 0 ? { FilterCriteria: { Filters: filters } } : {}),
    ...(kind === "sqs"
      ? { SqsQueueParameters: queueParameters(source, given) }
      : { DynamoDBStreamParameters: streamParameters(given) }),
  };
};

const queueParameters = (source: string, { SqsQueueParameters: given = {} }: SourceSettings) => {
  const { BatchSize = DEFAULT_QUEUE_BATCH, MaximumBatchingWindowInSeconds: window = 0 } = given;
  if (source.endsWith(".fifo")) {
    if (window > 0)
      throw badQueue("MaximumBatchingWindowInSeconds", "Batching window is not supported for FIFO queues");
    if (BatchSize > MAX_RECEIVED_MESSAGES)
      throw badQueue("BatchSize", `Batch size must be less than or equal to ${MAX_RECEIVED_MESSAGES} for FIFO queues`);
  }
  if (BatchSize > MAX_RECEIVED_MESSAGES && window === 0) {
    throw badQueue(
      "MaximumBatchingWindowInSeconds",
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
  }
  return { ...given, BatchSize };
};

const badQueue = (member: string, message: string) =>
  invalidField(`SourceParameters.SqsQueueParameters.${member}`, message);

const streamParameters = ({ DynamoDBStreamParameters: given }: SourceSettings) => {
  if (!given) throw missingField("SourceParameters.DynamoDBStreamParameters");
  if (!given.StartingPosition) throw missingField("SourceParameters.DynamoDBStreamParameters.StartingPosition");
  const { MaximumRecordAgeInSeconds: age = -1, DeadLetterConfig } = given;
  // AWS: a bound below a minute is none.
  if (age !== -1 && age < 60) {
    throw invalidField(
      "SourceParameters.DynamoDBStreamParameters.MaximumRecordAgeInSeconds",
      "Maximum record age in seconds must be -1 or between 60 and 604800",
    );
  }
  const deadLetters = parseArn(DeadLetterConfig?.Arn ?? "");
  if (DeadLetterConfig && !["sqs", "sns"].includes(deadLetters?.service ?? "")) {
    throw invalidField(
      "SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn",
      "The dead-letter destination must be an SQS queue or an SNS topic.",
    );
  }
  return { ...given, BatchSize: given.BatchSize ?? DEFAULT_STREAM_BATCH };
};

/** How many events a pipe takes from its source at once. */
export const batchSizeOf = ({ SqsQueueParameters, DynamoDBStreamParameters }: SourceSettings): number =>
  SqsQueueParameters?.BatchSize ?? DynamoDBStreamParameters?.BatchSize ?? 1;
