import { sealToken } from "../../../kernel/paging.ts";
import { invalidParameter } from "../errors.ts";
import { parseFilterPattern } from "../filterPattern/filterPattern.ts";
import { findGroup, findStream, referencedGroupName } from "../find.ts";
import { EVENT_OVERHEAD_BYTES, MAX_EVENTS_PER_PAGE, MAX_PAGE_BYTES } from "../limits.ts";
import { openToken } from "../paging.ts";
import type { StreamRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { compareAcross, forward, merged, type Position, retainedSince, type TimelineEvent } from "../timeline.ts";

type Place = Position & { readonly stream: string };

/** Events of a group across its streams. They always come interleaved by time, as AWS does whatever `interleaved` says. */
export const filterLogEvents =
  (room: Room): Operation<"FilterLogEvents"> =>
  async (_ctx, input) => {
    const group = findGroup(room, referencedGroupName(input));
    const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
    if (names && prefix !== undefined) {
      throw invalidParameter("Cannot specify both logStreamNames and logStreamNamePrefix in the same request.");
    }
    const matches = parseFilterPattern(input.filterPattern ?? "");
    const after = input.nextToken === undefined ? undefined : placeIn(input.nextToken);
    const start = Math.max(input.startTime ?? 0, retainedSince(group, room.clock.now()), after?.timestamp ?? 0);
    const end = input.endTime === undefined ? Number.MAX_SAFE_INTEGER : input.endTime + 1;
    const streams = names
      ? names.map((name) => findStream(room, group.name, name))
      : [...streamsWithin(room, group.name, prefix ?? "", start, end)];
    const limit = input.limit ?? MAX_EVENTS_PER_PAGE;
    const events: TimelineEvent[] = [];
    let bytes = 0;
    let nextToken: string | undefined;
    for (const event of merged(streams.map((stream) => forward(room, stream, start, end)))) {
      if ((after && compareAcross(event, after) <= 0) || !matches(event.message)) continue;
      bytes += Buffer.byteLength(event.message) + EVENT_OVERHEAD_BYTES;
      const last = events.at(-1);
      if (last && (events.length >= limit || bytes > MAX_PAGE_BYTES)) {
        nextToken = tokenAt(last);
        break;
      }
      events.push(event);
    }
    // AWS: the list of searched streams is deprecated, and empty.
    return { events: events.map(filteredEventView), searchedLogStreams: [], ...(nextToken ? { nextToken } : {}) };
  };

function* streamsWithin(
  { streams }: Pick<Room, "streams">,
  group: string,
  prefix: string,
  start: number,
  end: number,
): Generator<StreamRecord> {
  for (const { value } of streams.range({ prefix: [group] })) {
    const { firstEventAt, lastEventAt } = value;
    if (!value.name.startsWith(prefix) || firstEventAt === undefined || lastEventAt === undefined) continue;
    if (lastEventAt >= start && firstEventAt < end) yield value;
  }
}

const filteredEventView = (event: TimelineEvent) => ({
  logStreamName: event.stream,
  timestamp: event.timestamp,
  message: event.message,
  ingestionTime: event.ingestedAt,
  eventId: eventId(event),
});

/** A number that is an event's own for ever: `aws logs tail` knows by it what it has shown. */
const eventId = ({ stream, timestamp, batch, index }: TimelineEvent): string =>
  [padded(timestamp, 14), padded(hash(stream), 10), padded(batch, 16), padded(index, 16)].join("");

const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");

const hash = (text: string): number => {
  let value = 2166136261;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  return value >>> 0;
};

const tokenAt = ({ timestamp, stream, batch, index }: Place): string => sealToken([timestamp, stream, batch, index]);

const placeIn = (token: string): Place => {
  const [timestamp, stream, batch, index] = openToken(token, isPlace);
  return { timestamp, stream, batch, index };
};

const isPlace = (value: unknown): value is [number, string, number, number] =>
  Array.isArray(value) &&
  value.length === 4 &&
  value.every((part, at) => typeof part === (at === 1 ? "string" : "number"));
