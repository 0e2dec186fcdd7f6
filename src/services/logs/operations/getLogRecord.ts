import { recordNotFound } from "../errors.ts";
import { queried } from "../insights/drive.ts";
import { ALWAYS, fieldsOf, jsonIn, leavesOf } from "../insights/fields.ts";
import { told } from "../insights/values.ts";
import { openToken } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { forward, type TimelineEvent } from "../timeline.ts";

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
