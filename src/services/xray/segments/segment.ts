import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { resourceName } from "./infer.ts";
import { isTrue, member, numberOf, objectsOf, textOf } from "./reading.ts";

export type AnnotationValue = string | number | boolean;

export interface ExceptionPart {
  readonly name: string | undefined;
  readonly message: string | undefined;
  readonly remote: boolean;
}

/** A segment or a subsegment, as what reads traces needs it. Times are seconds since the epoch, as in documents. */
export interface Segment {
  readonly id: string;
  /** As it was sent. */
  readonly name: string;
  /** The name of its node: a table's own where the segment was inferred from a call to it. */
  readonly node: string;
  readonly type: string | undefined;
  readonly parentId: string | undefined;
  readonly startTime: number;
  readonly endTime: number | undefined;
  readonly namespace: string | undefined;
  readonly isInferred: boolean;
  readonly error: boolean;
  readonly throttle: boolean;
  readonly fault: boolean;
  readonly http: HttpPart;
  readonly user: string | undefined;
  readonly annotations: Readonly<Record<string, AnnotationValue>>;
  readonly resourceArn: string | undefined;
  readonly instanceId: string | undefined;
  readonly zone: string | undefined;
  readonly exceptions: readonly ExceptionPart[];
  readonly subsegments: readonly Segment[];
}

export interface HttpPart {
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly userAgent: string | undefined;
  readonly clientIp: string | undefined;
  readonly status: number | undefined;
}

/** A whole document, read. */
export const readSegment = (document: JsonObject): Segment => {
  const isInferred = isTrue(document, "inferred");
  const name = textOf(document, "name") ?? "";
  const isRemote = isInferred && document["origin"] === undefined;
  const http = httpOf(document);
  const { status = 0 } = http;
  return {
    id: textOf(document, "id") ?? "",
    name,
    node: (isInferred ? resourceName(document) : undefined) ?? name,
    type: isRemote ? "remote" : textOf(document, "origin"),
    parentId: textOf(document, "parent_id"),
    startTime: numberOf(document, "start_time") ?? 0,
    endTime: numberOf(document, "end_time"),
    namespace: textOf(document, "namespace"),
    isInferred,
    error: isTrue(document, "error") || (status >= 400 && status < 500),
    throttle: isTrue(document, "throttle") || status === 429,
    fault: isTrue(document, "fault") || status >= 500,
    http,
    user: textOf(document, "user"),
    annotations: annotationsOf(document),
    resourceArn: textOf(document, "resource_arn"),
    instanceId: textOf(document, "aws", "ec2", "instance_id"),
    zone: textOf(document, "aws", "ec2", "availability_zone"),
    exceptions: objectsOf(document, "cause", "exceptions").map((exception) => ({
      name: textOf(exception, "type"),
      message: textOf(exception, "message"),
      remote: isTrue(exception, "remote"),
    })),
    subsegments: objectsOf(document, "subsegments").map(readSegment),
  };
};

const httpOf = (document: JsonObject): HttpPart => ({
  url: textOf(document, "http", "request", "url"),
  method: textOf(document, "http", "request", "method"),
  userAgent: textOf(document, "http", "request", "user_agent"),
  clientIp: textOf(document, "http", "request", "client_ip"),
  status: numberOf(document, "http", "response", "status"),
});

/** AWS: keys of other characters, and values that are neither texts, numbers nor booleans, are not indexed. */
const annotationsOf = (document: JsonObject): Readonly<Record<string, AnnotationValue>> => {
  const given = member(document, "annotations");
  if (!isJsonObject(given)) return {};
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [[key, value]] : [],
    ),
  );
};

/** A segment with all that is below it. */
export const partsOf = function* (segment: Segment): Iterable<Segment> {
  yield segment;
  for (const child of segment.subsegments) yield* partsOf(child);
};

/** Seconds that a segment took; none while it is under way. */
export const durationOf = ({ startTime, endTime }: Segment): number =>
  endTime === undefined ? 0 : Math.max(0, roundedTime(endTime - startTime));

/** Differences of times in seconds show what binary fractions lack; milliseconds are what senders know. */
export const roundedTime = (seconds: number): number => Math.round(seconds * 1000) / 1000;
