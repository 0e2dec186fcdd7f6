import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { MAX_AHEAD_MS, MAX_DEPTH, MAX_SEGMENT_BYTES, RETENTION_MS } from "../limits.ts";
import { isTrue, numberOf, objectsOf, textOf } from "./reading.ts";

/** A document that may be kept, or why it may not. */
export type CheckedSegment =
  | { readonly document: JsonObject; readonly traceId: string; readonly id: string }
  | { readonly errorCode: string; readonly id?: string };

const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;
const SEGMENT_ID = /^[0-9a-f]{16}$/i;
const NAME = /^[\p{L}\p{N}\p{Z}_.:/%&#=+\\\-@]{1,200}$/u;

/**
 * Looks at a document as it was sent. AWS: `InvalidTraceId` and `ParseError` are known from its guide and its clients; the
 * other codes are named after them.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
export const checkSegment = (text: string, now: number): CheckedSegment => {
  if (Buffer.byteLength(text) > MAX_SEGMENT_BYTES) return { errorCode: "SegmentTooLarge" };
  const document = parsed(text);
  if (!document) return { errorCode: "ParseError" };
  const id = textOf(document, "id");
  const traceId = textOf(document, "trace_id");
  const errorCode = faultOf(document, id, traceId, now);
  if (errorCode !== undefined || id === undefined || traceId === undefined)
    return { errorCode: errorCode ?? "ParseError", ...(id === undefined ? {} : { id }) };
  return { document, id: id.toLowerCase(), traceId: traceId.toLowerCase() };
};

const parsed = (text: string): JsonObject | undefined => {
  try {
    const document: unknown = JSON.parse(text);
    return isJsonObject(document) ? document : undefined;
  } catch {
    // Whatever is no JSON is told apart by its code alone.
    return undefined;
  }
};

const faultOf = (
  document: JsonObject,
  id: string | undefined,
  traceId: string | undefined,
  now: number,
): string | undefined => {
  if (traceId === undefined) return "MissingTraceId";
  if (!TRACE_ID.test(traceId) || !isRecent(traceId, now)) return "InvalidTraceId";
  if (id === undefined) return "MissingId";
  if (!SEGMENT_ID.test(id)) return "InvalidId";
  const parent = textOf(document, "parent_id");
  if (parent !== undefined && !SEGMENT_ID.test(parent)) return "InvalidParentId";
  if (document["type"] === "subsegment" && parent === undefined) return "MissingParentId";
  return partFaultOf(document, 0);
};

/** What every segment and subsegment must have. */
const partFaultOf = (part: JsonObject, depth: number): string | undefined => {
  if (depth > MAX_DEPTH) return "ParseError";
  if (!NAME.test(textOf(part, "name") ?? "")) return "InvalidName";
  const start = numberOf(part, "start_time");
  if (start === undefined) return "MissingStartTime";
  const end = numberOf(part, "end_time");
  if (end === undefined && !isTrue(part, "in_progress")) return "MissingEndTime";
  if (end !== undefined && end < start) return "InvalidEndTime";
  for (const child of objectsOf(part, "subsegments")) {
    const fault = partFaultOf(child, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** AWS refuses a trace whose time is too far in the past. */
const isRecent = (traceId: string, now: number): boolean => {
  const time = traceTime(traceId);
  return time >= now - RETENTION_MS && time <= now + MAX_AHEAD_MS;
};

/** When a trace began, in milliseconds: its id tells the second. */
export const traceTime = (traceId: string): number => Number.parseInt(traceId.slice(2, 10), 16) * 1000;
