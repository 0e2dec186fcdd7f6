import type { JsonObject } from "../../../kernel/json.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import { parentOf, segmentOfNamed, traceRoot } from "../../../kernel/traceId.ts";
import { executionArn, machineArn, nameOfMachine } from "../arns.ts";
import type { ExecutionRecord, HistoryRecord } from "../records.ts";
import { type Attempt, type Failure, partsOf, type StatePart } from "./executionParts.ts";

/**
 * What X-Ray is told of an execution that has ended: its segment, and by themselves the subsegments of its states, each
 * with the tries of its task. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
 */
export const executionSegments = (
  deps: Pick<RoomDeps, "account" | "partition" | "region">,
  execution: ExecutionRecord & { readonly traceId: string },
  events: Iterable<HistoryRecord>,
): readonly JsonObject[] => {
  const { traceId, startedAt, stoppedAt = startedAt, status, outcome } = execution;
  const root = segmentOfNamed(execution.id);
  const shared = { trace_id: traceRoot(traceId) };
  const parent = parentOf(traceId);
  const failure = outcome && "error" in outcome ? { error: outcome.error, cause: outcome.cause } : undefined;
  const segment = {
    ...shared,
    id: root,
    ...(parent === undefined ? {} : { parent_id: parent }),
    name: nameOfMachine(execution),
    start_time: startedAt / 1000,
    end_time: stoppedAt / 1000,
    origin: "AWS::StepFunctions::StateMachine",
    resource_arn: machineArn(deps, execution.machine),
    aws: { account_id: deps.account, region: deps.region, execution_arn: executionArn(deps, execution) },
    ...(status === "SUCCEEDED" ? {} : status === "ABORTED" ? { error: true } : { fault: true }),
    ...(failure ? causeOf(failure, segmentOfNamed(`${execution.id} ended`)) : {}),
  };
  const idOf = (event: number) => segmentOfNamed(`${execution.id} ${event}`);
  const states = partsOf(events).map((part) => ({
    ...shared,
    ...stateSegment(part, stoppedAt, idOf, deps.region),
    type: "subsegment",
    parent_id: part.within ? idOf(part.within.event) : root,
  }));
  return [segment, ...states];
};

type IdOf = (event: number) => string;

const stateSegment = (part: StatePart, stoppedAt: number, idOf: IdOf, region: string): JsonObject => ({
  id: idOf(part.event),
  name: part.name,
  start_time: part.startedAt / 1000,
  end_time: (part.endedAt ?? stoppedAt) / 1000,
  ...(part.endedAt === undefined ? { fault: true } : {}),
  ...(part.attempts.length === 0
    ? {}
    : { subsegments: part.attempts.map((attempt) => attemptSegment(attempt, stoppedAt, idOf, region)) }),
});

const attemptSegment = (attempt: Attempt, stoppedAt: number, idOf: IdOf, region: string): JsonObject => {
  const { event, startedAt, endedAt = stoppedAt, failure } = attempt;
  return {
    id: idOf(event),
    ...calledIn(attempt, region),
    start_time: startedAt / 1000,
    end_time: endedAt / 1000,
    ...(failure ? { fault: true, ...causeOf(failure, segmentOfNamed(`${idOf(event)} failed`)) } : {}),
  };
};

/** Services that send segments of their own: theirs stand for what was called. */
const TRACED = new Set(["lambda", "states"]);

/** As X-Ray's SDK names services; others by the name that the state machine has for them. */
const NAMES: Readonly<Record<string, string>> = {
  lambda: "Lambda",
  states: "StepFunctions",
  dynamodb: "DynamoDB",
  sqs: "SQS",
  sns: "SNS",
  s3: "S3",
  events: "EventBridge",
  codebuild: "CodeBuild",
  apigateway: "APIGateway",
  activity: "Activity",
};

const calledIn = ({ service, operation, parameters }: Attempt, region: string): JsonObject => {
  const short = service.replace(/^aws-sdk:/, "");
  const name = Object.hasOwn(NAMES, short) ? NAMES[short] : undefined;
  if (short === "activity" || TRACED.has(short)) return { name: name ?? short };
  const { TableName, QueueUrl, Bucket } = parameters;
  const about = {
    ...(typeof TableName === "string" ? { table_name: TableName } : {}),
    ...(typeof QueueUrl === "string" ? { queue_url: QueueUrl } : {}),
    ...(typeof Bucket === "string" ? { bucket_name: Bucket } : {}),
  };
  const action = operation.charAt(0).toUpperCase() + operation.slice(1);
  return { name: name ?? short, namespace: "aws", aws: { region, operation: action, ...about } };
};

const causeOf = ({ error, cause }: Failure, id: string): JsonObject => ({
  cause: { exceptions: [{ id, type: error, ...(cause === undefined ? {} : { message: cause }) }] },
});
