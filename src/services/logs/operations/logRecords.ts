import { invalidParameter, recordNotFound } from "../errors.ts";
import { findGroup, referencedGroupName } from "../find.ts";
import { queried } from "../insights/drive.ts";
import { fieldsOf, jsonIn, leavesOf } from "../insights/fields.ts";
import { told } from "../insights/values.ts";
import { openToken } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { backward, forward, type TimelineEvent } from "../timeline.ts";

const ALWAYS = ["@ingestionTime", "@log", "@logStream", "@message", "@timestamp"];

/** The one event that `@ptr` of a query's result names, with all of its fields. */
export const getLogRecord =
  (room: Room): Operation<"GetLogRecord"> =>
  async (ctx, { logRecordPointer = "" }) => {
    const [group, name, timestamp, batch, index] = openToken(logRecordPointer, isPointer);
    const stream = room.streams.get([group, name]);
    const events = stream ? forward(room, stream, timestamp, timestamp + 1) : [];
    for (const event of events)
      if (event.batch === batch && event.index === index) return { logRecord: recordOf(event, ctx.account, group) };
    throw recordNotFound();
  };

const isPointer = (value: unknown): value is [string, string, number, number, number] =>
  Array.isArray(value) &&
  value.length === 5 &&
  value.every((part, at) => typeof part === (at < 2 ? "string" : "number"));

const recordOf = (event: TimelineEvent, account: string, group: string): Record<string, string> => {
  const lookup = fieldsOf(queried(event, account, group));
  const names = [...ALWAYS, ...leavesOf(jsonIn(event.message, group.startsWith("/aws/lambda/")))];
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = told(lookup(name));
      return value === undefined ? [] : [[name, value]];
    }),
  );
};

const SAMPLE = 1000;
const AROUND_MS = 8 * 60_000;
const RECENT_MS = 15 * 60_000;

/** The fields of a group's events within fifteen minutes, and how many of the events have each. */
export const getLogGroupFields =
  (room: Room): Operation<"GetLogGroupFields"> =>
  async (_ctx, input) => {
    const group = findGroup(room, referencedGroupName(input));
    if (input.time !== undefined && input.time < 0) throw invalidParameter("time must not be negative");
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
