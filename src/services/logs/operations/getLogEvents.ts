import { sealToken } from "../../../kernel/paging.ts";
import { invalidParameter } from "../errors.ts";
import { findGroup, findStream, referencedGroupName } from "../find.ts";
import { EVENT_OVERHEAD_BYTES, MAX_EVENTS_PER_PAGE, MAX_PAGE_BYTES } from "../limits.ts";
import { openToken } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { backward, comparePositions, forward, type Position, retainedSince, type TimelineEvent } from "../timeline.ts";

/** AWS: a page's two tokens continue after its last event and before its first; the end of a stream gives the same token again. */
export const getLogEvents =
  (room: Room): Operation<"GetLogEvents"> =>
  async (_ctx, input) => {
    const group = findGroup(room, referencedGroupName(input));
    const stream = findStream(room, group.name, input.logStreamName);
    const start = Math.max(input.startTime ?? 0, retainedSince(group, room.clock.now()));
    const end = input.endTime ?? Number.MAX_SAFE_INTEGER;
    const token = input.nextToken === undefined ? undefined : readToken(input.nextToken);
    const goesForward = token ? token.forward : input.startFromHead === true;
    const limit = input.limit ?? MAX_EVENTS_PER_PAGE;
    const events = goesForward
      ? take(forward(room, stream, Math.max(start, token?.at.timestamp ?? 0), end), limit, (event) =>
          token ? comparePositions(event, token.at) > 0 : true,
        )
      : take(backward(room, stream, start, token ? Math.min(end, token.at.timestamp + 1) : end), limit, (event) =>
          token ? comparePositions(event, token.at) < 0 : true,
        ).reverse();
    const fallback = token?.at ?? { timestamp: goesForward ? start : Math.min(end, MAX_TIME), batch: 0, index: 0 };
    return {
      events: events.map(({ timestamp, message, ingestedAt }) => ({ timestamp, message, ingestionTime: ingestedAt })),
      nextForwardToken: `f/${sealToken(positionOf(events.at(-1) ?? fallback))}`,
      nextBackwardToken: `b/${sealToken(positionOf(events[0] ?? fallback))}`,
    };
  };

/** The latest time a token can hold. */
const MAX_TIME = 8.64e15;

const take = (events: Iterable<TimelineEvent>, limit: number, isAskedFor: (event: TimelineEvent) => boolean) => {
  const taken: TimelineEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    if (!isAskedFor(event)) continue;
    bytes += Buffer.byteLength(event.message) + EVENT_OVERHEAD_BYTES;
    if (taken.length > 0 && bytes > MAX_PAGE_BYTES) break;
    taken.push(event);
    if (taken.length >= limit) break;
  }
  return taken;
};

const positionOf = ({ timestamp, batch, index }: Position): [number, number, number] => [timestamp, batch, index];

const readToken = (token: string): { readonly forward: boolean; readonly at: Position } => {
  if (!/^[fb]\//.test(token)) throw invalidParameter("The specified nextToken is invalid.");
  const [timestamp, batch, index] = openToken(token.slice(2), isPosition);
  return { forward: token.startsWith("f"), at: { timestamp, batch, index } };
};

const isPosition = (value: unknown): value is [number, number, number] =>
  Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === "number");
