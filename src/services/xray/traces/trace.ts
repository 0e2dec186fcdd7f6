import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import type { TraceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { compileTrace } from "../segments/compile.ts";
import { partsOf, readSegment, roundedTime, type Segment } from "../segments/segment.ts";
import { linksOf } from "./links.ts";

/** A trace with all of its segments. Times are seconds since the epoch. */
export interface Trace {
  readonly id: string;
  readonly revision: number;
  readonly documents: readonly JsonObject[];
  readonly segments: readonly Segment[];
  /** The segment that the request came in with. */
  readonly root: Segment | undefined;
  readonly isPartial: boolean;
  /** From the root's beginning to the last end. */
  readonly duration: number;
}

/** A trace as it is now; undefined where nothing of it was sent. */
export const readTrace = (room: Pick<Room, "traces" | "segments">, id: string): Trace | undefined => {
  const record = room.traces.get(id);
  return record && traceOf(room, id, record);
};

export const traceOf = (room: Pick<Room, "segments">, id: string, { revision }: TraceRecord): Trace => {
  const sent = [...room.segments.values({ prefix: [id] })].map((text) => JSON.parse(text)).filter(isJsonObject);
  const documents = compileTrace(id, sent);
  const segments = documents.map(readSegment);
  const root = linksOf(segments).entries[0] ?? segments[0];
  const ends = segments.flatMap(({ endTime }) => endTime ?? []);
  const begin = root?.startTime ?? 0;
  return {
    id,
    revision,
    documents,
    segments,
    root,
    isPartial: segments.some((segment) => [...partsOf(segment)].some(({ endTime }) => endTime === undefined)),
    duration: roundedTime(Math.max(begin, ...ends) - begin),
  };
};
