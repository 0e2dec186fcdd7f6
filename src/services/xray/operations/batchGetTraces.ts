import { invalidRequest } from "../errors.ts";
import { MAX_TRACE_IDS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { textOf } from "../segments/reading.ts";
import { readTrace, type Trace } from "../traces/trace.ts";

export const batchGetTraces =
  (room: Room): Operation<"BatchGetTraces"> =>
  async (_ctx, { TraceIds }) => {
    const traces = askedFor(room, TraceIds);
    return {
      Traces: traces.map(traceView),
      UnprocessedTraceIds: [...new Set(TraceIds)].filter((asked) => !traces.some(({ id }) => id === asked)),
    };
  };

/** The traces that were asked for and are there. */
export const askedFor = (room: Room, ids: readonly string[]): readonly Trace[] => {
  if (ids.length < 1 || ids.length > MAX_TRACE_IDS)
    throw invalidRequest(`TraceIds must have between 1 and ${MAX_TRACE_IDS} members.`);
  return [...new Set(ids)].flatMap((id) => readTrace(room, id) ?? []);
};

const traceView = ({ id, duration, documents }: Trace) => ({
  Id: id,
  Duration: duration,
  LimitExceeded: false,
  Segments: documents.map((document) => ({
    Id: textOf(document, "id") ?? "",
    Document: JSON.stringify(document),
  })),
});
