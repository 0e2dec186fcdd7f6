import { RETENTION_MS } from "../limits.ts";
import type { Room } from "../room.ts";
import { type CheckedSegment, traceTime } from "../segments/check.ts";
import { isTrue, numberOf } from "../segments/reading.ts";

type Kept = Extract<CheckedSegment, { readonly document: unknown }>;

/** Keeps a document. AWS: one that is under way is overwritten by the whole one, never the other way round. */
export const keepSegment = (room: Room, { document, traceId, id }: Kept): void => {
  const key = [traceId, id];
  if (isTrue(document, "in_progress") && room.segments.has(key)) return;
  room.segments.put(key, JSON.stringify(document));
  const before = room.traces.get(traceId);
  const start = (numberOf(document, "start_time") ?? 0) * 1000;
  const end = (numberOf(document, "end_time") ?? 0) * 1000;
  room.traces.put(traceId, {
    startedAt: Math.min(before?.startedAt ?? start, start),
    endedAt: Math.max(before?.endedAt ?? end, end),
    revision: (before?.revision ?? 0) + 1,
  });
};

/** Drops what is older than AWS keeps it. The ids of traces are in the order of their times. */
export const dropOld = (room: Room): void => {
  const limit = room.clock.now() - RETENTION_MS;
  for (const { key } of room.traces.range()) {
    const traceId = String(key);
    if (traceTime(traceId) >= limit) return;
    room.segments.clear({ prefix: [traceId] });
    room.traces.delete(traceId);
  }
};
