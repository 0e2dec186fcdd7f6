import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { own } from "../../../kernel/own.ts";
import { invalidField } from "../errors.ts";

/** What a pipe can send events to, as an enrichment or as its target. */
export type EndpointKind = "api" | "apiDestination" | "bus" | "lambda" | "logs" | "sns" | "sqs" | "states";

const UNBUILT: Readonly<Record<string, string>> = {
  batch: "AWS Batch",
  ecs: "Amazon ECS",
  firehose: "Amazon Data Firehose",
  inspector: "Amazon Inspector",
  kinesis: "Kinesis",
  redshift: "Amazon Redshift",
  "redshift-serverless": "Amazon Redshift",
  sagemaker: "SageMaker",
  timestream: "Timestream",
};

const KINDS: Readonly<Record<string, EndpointKind>> = {
  "execute-api": "api",
  lambda: "lambda",
  logs: "logs",
  sns: "sns",
  sqs: "sqs",
  states: "states",
};

/** What an ARN names; undefined where pipes cannot send to it. Refuses what is not built by its name. */
export const endpointKind = (arn: string): EndpointKind | undefined => {
  const { service = "", resource = "" } = parseArn(arn) ?? {};
  if (service === "events") {
    if (resource.startsWith("api-destination/")) return "apiDestination";
    return resource.startsWith("event-bus/") ? "bus" : undefined;
  }
  const unbuilt = own(UNBUILT, service);
  if (unbuilt) throw new NotImplemented(`pipes that send to ${unbuilt}`);
  return own(KINDS, service);
};

/** How many events each takes at once. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html */
const MAX_BATCH: Readonly<Record<EndpointKind, number>> = {
  api: 1,
  apiDestination: 1,
  bus: 10,
  lambda: Number.POSITIVE_INFINITY,
  logs: 10_000,
  sns: 10,
  sqs: 10,
  states: Number.POSITIVE_INFINITY,
};

export const maxBatchOf = (arn: string): number => {
  const kind = endpointKind(arn);
  return kind === undefined ? 0 : MAX_BATCH[kind];
};

/** AWS: a pipe takes no more from its source at once than what it sends to takes. */
export const checkBatch = (batchSize: number, member: string, arn: string): void => {
  const most = maxBatchOf(arn);
  if (batchSize <= most) return;
  throw invalidField(
    "SourceParameters.BatchSize",
    `The batch size ${batchSize} is larger than the ${member} supports, which is ${most}.`,
  );
};
