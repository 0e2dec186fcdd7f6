import type { Operation, Room } from "../room.ts";
import { checkSegment } from "../segments/check.ts";
import { dropOld, keepSegment } from "../traces/keep.ts";

export const putTraceSegments =
  (room: Room): Operation<"PutTraceSegments"> =>
  async (_ctx, { TraceSegmentDocuments }) => {
    const unprocessed = [];
    for (const text of TraceSegmentDocuments) {
      const checked = checkSegment(text, room.clock.now());
      if ("document" in checked) keepSegment(room, checked);
      else unprocessed.push(refused(checked.errorCode, checked.id));
    }
    dropOld(room);
    return { UnprocessedTraceSegments: unprocessed };
  };

const refused = (errorCode: string, id: string | undefined) => ({
  ...(id === undefined ? {} : { Id: id }),
  ErrorCode: errorCode,
  Message: `Invalid segment. ErrorCode: ${errorCode}`,
});

/** What a daemon tells of itself is nowhere to be read, on AWS neither. */
export const putTelemetryRecords =
  (_room: Room): Operation<"PutTelemetryRecords"> =>
  async () => ({});
