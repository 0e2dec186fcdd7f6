import { invalidParameter } from "../errors.ts";
import { passOn } from "../filters/passOn.ts";
import { findGroup, findStream } from "../find.ts";
import {
  BATCHES_BETWEEN_PURGES,
  EVENT_OVERHEAD_BYTES,
  MAX_BATCH_BYTES,
  MAX_BATCH_SPAN_MS,
  MAX_EVENT_AGE_MS,
  MAX_EVENT_FUTURE_MS,
} from "../limits.ts";
import type { StreamRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { retainedSince } from "../timeline.ts";
import { sequenceToken } from "../views.ts";

type Event = readonly [number, string];

export const putLogEvents =
  (room: Room): Operation<"PutLogEvents"> =>
  async (_ctx, input) => {
    const stream = findStream(room, input.logGroupName, input.logStreamName);
    const events = input.logEvents.map(({ timestamp, message }): Event => [timestamp, message]);
    const bytes = checkedBytes(events);
    const now = room.clock.now();
    const retained = retainedSince(findGroup(room, stream.group), now);
    const { kept, rejected } = sift(events, now, retained);
    const [first] = kept;
    const last = kept.at(-1);
    if (!first || !last) return { nextSequenceToken: sequenceToken(stream), rejectedLogEventsInfo: rejected };
    const updated: StreamRecord = {
      ...stream,
      firstEventAt: Math.min(stream.firstEventAt ?? first[0], first[0]),
      lastEventAt: Math.max(stream.lastEventAt ?? last[0], last[0]),
      lastIngestionAt: now,
      storedBytes: stream.storedBytes + bytes,
      batches: stream.batches + 1,
      maxSpanMs: Math.max(stream.maxSpanMs, last[0] - first[0]),
    };
    room.batches.put([stream.group, stream.name, first[0], stream.batches], { ingestedAt: now, events: kept });
    room.streams.put([stream.group, stream.name], updated);
    if (updated.batches % BATCHES_BETWEEN_PURGES === 0) purge(room, updated, retained);
    passOn(room, stream, kept);
    room.meter("IncomingLogEvents", stream.group, kept.length);
    room.meter("IncomingBytes", stream.group, bytes);
    return {
      nextSequenceToken: sequenceToken(updated),
      ...(kept.length < events.length ? { rejectedLogEventsInfo: rejected } : {}),
    };
  };

const checkedBytes = (events: readonly Event[]): number => {
  let bytes = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (const [timestamp, message] of events) {
    bytes += Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
    if (timestamp < before) {
      throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
    }
    before = timestamp;
  }
  if (bytes > MAX_BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
  if (before - (events[0]?.[0] ?? before) > MAX_BATCH_SPAN_MS) {
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
  return bytes;
};

/** What is kept; AWS names the bounds of what is not by index. Events are in order of time, so each bound is one. */
const sift = (events: readonly Event[], now: number, retained: number) => {
  const expired = events.filter(([timestamp]) => timestamp < retained).length;
  const tooOld = events.filter(([timestamp]) => timestamp < now - MAX_EVENT_AGE_MS).length;
  const soonEnough = events.filter(([timestamp]) => timestamp <= now + MAX_EVENT_FUTURE_MS).length;
  return {
    kept: events.slice(Math.max(expired, tooOld), soonEnough),
    rejected: {
      ...(soonEnough < events.length ? { tooNewLogEventStartIndex: soonEnough } : {}),
      ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
      ...(expired > 0 ? { expiredLogEventEndIndex: expired } : {}),
    },
  };
};

const purge = ({ batches }: Room, { group, name, maxSpanMs }: StreamRecord, retained: number): void => {
  if (retained > 0) batches.clear({ prefix: [group, name], lt: [group, name, retained - maxSpanMs] });
};
