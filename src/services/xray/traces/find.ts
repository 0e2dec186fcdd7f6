import type { TimeRangeType } from "@aws-sdk/client-xray";
import type { TraceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type Trace, traceOf } from "./trace.ts";

/** From when, until just before when: milliseconds since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The traces of a time, the earliest first, each read when it is asked for. */
export const tracesWithin = function* (
  room: Pick<Room, "traces" | "segments">,
  { from, to }: TimeRange,
  type: TimeRangeType = "TraceId",
): Iterable<Trace> {
  const range = type === "TraceId" ? { gte: firstId(Math.floor(from / 1000)), lt: firstId(Math.ceil(to / 1000)) } : {};
  for (const { key, value } of room.traces.range(range)) {
    if (type === "TraceId" || IS_WITHIN[type](value, { from, to })) yield traceOf(room, String(key), value);
  }
};

/** AWS: by events, traces that were active; by services, those of which a segment has ended. */
const IS_WITHIN: Readonly<Record<"Event" | "Service", (trace: TraceRecord, range: TimeRange) => boolean>> = {
  Event: ({ startedAt, endedAt }, { from, to }) => startedAt < to && Math.max(endedAt, startedAt) >= from,
  Service: ({ endedAt }, { from, to }) => endedAt >= from && endedAt < to,
};

/** What comes before every id of a trace of that second. */
const firstId = (second: number): string => `1-${Math.max(0, second).toString(16).padStart(8, "0")}-`;
