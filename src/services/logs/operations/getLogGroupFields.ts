import { findGroup, referencedGroupName } from "../find.ts";
import { ALWAYS, jsonIn, leavesOf } from "../insights/fields.ts";
import type { Operation, Room } from "../room.ts";
import { backward } from "../timeline.ts";

const SAMPLE = 1000;
const AROUND_MS = 8 * 60_000;
const RECENT_MS = 15 * 60_000;

/** The fields of a group's events within fifteen minutes, and how many of the events have each. */
export const getLogGroupFields =
  (room: Room): Operation<"GetLogGroupFields"> =>
  async (_ctx, input) => {
    const group = findGroup(room, referencedGroupName(input));
    const now = room.clock.now();
    const at = input.time === undefined ? undefined : input.time * 1000;
    const [start, end] =
      at === undefined ? [now - RECENT_MS, Number.MAX_SAFE_INTEGER] : [at - AROUND_MS, at + AROUND_MS];
    const counts = new Map<string, number>();
    let total = 0;
    for (const stream of room.streams.values({ prefix: [group.name] }))
      for (const { message } of backward(room, stream, start, end)) {
        if (total >= SAMPLE) break;
        total += 1;
        const json = jsonIn(message, group.name.startsWith("/aws/lambda/"));
        for (const name of [...ALWAYS, ...leavesOf(json)]) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    return {
      logGroupFields: [...counts].map(([name, count]) => ({ name, percent: Math.round((count * 100) / total) })),
    };
  };
