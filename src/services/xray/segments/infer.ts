import type { JsonObject } from "../../../kernel/json.ts";
import { segmentOfNamed } from "../../../kernel/traceId.ts";
import { isTrue, objectsOf, textOf } from "./reading.ts";

/** What a call tells of whom it reaches. */
const SHARED = ["http", "aws", "sql", "error", "throttle", "fault", "cause"];

/** Segments for the services that were called and sent none, as the calls to them tell. */
export const inferredFrom = (traceId: string, segments: readonly JsonObject[]): readonly JsonObject[] => {
  const answered = new Set(segments.map(({ parent_id: parent }) => parent));
  return (
    segments
      .flatMap((segment) => callsOf(segment))
      .filter(({ id }) => !answered.has(id ?? null))
      // AWS: such a trace is broken until the service that is traced has sent its segment.
      .filter((call) => !isTrue(call, "http", "request", "traced"))
      .map((call) => inferred(traceId, call))
  );
};

/** The subsegments that are calls to something else. */
const callsOf = (part: JsonObject): readonly JsonObject[] =>
  objectsOf(part, "subsegments").flatMap((child) => {
    const isCall = child["namespace"] === "aws" || child["namespace"] === "remote";
    return [...(isCall ? [child] : []), ...callsOf(child)];
  });

const inferred = (traceId: string, call: JsonObject): JsonObject => {
  const id = textOf(call, "id") ?? "";
  const origin = originOf(call);
  const { start_time = 0, end_time, in_progress, name = "" } = call;
  return {
    id: segmentOfNamed(`${traceId}/${id}`),
    name,
    start_time,
    ...(end_time === undefined ? {} : { end_time }),
    ...(in_progress === undefined ? {} : { in_progress }),
    parent_id: id,
    inferred: true,
    ...Object.fromEntries(SHARED.flatMap((member) => (call[member] === undefined ? [] : [[member, call[member]]]))),
    trace_id: traceId,
    ...(origin === undefined ? {} : { origin }),
  };
};

/** The types of those services whose resources have nodes of their own. */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  DynamoDB: "AWS::DynamoDB::Table",
  SQS: "AWS::SQS::Queue",
  S3: "AWS::S3::Bucket",
};

const originOf = (call: JsonObject): string | undefined => {
  if (call["namespace"] !== "aws") return undefined;
  const name = textOf(call, "name") ?? "";
  const type = Object.hasOwn(RESOURCE_TYPES, name) ? RESOURCE_TYPES[name] : undefined;
  return type !== undefined && resourceName(call) !== undefined ? type : `AWS::${name}`;
};

/** The table, queue or bucket that a call is about. */
export const resourceName = (call: JsonObject): string | undefined =>
  textOf(call, "aws", "table_name") ??
  textOf(call, "aws", "bucket_name") ??
  textOf(call, "aws", "queue_url")?.split("/").at(-1);
