import { invalidParameter, streamExists } from "../errors.ts";
import { findGroup, findStream, referencedGroupName } from "../find.ts";
import { DEFAULT_LIST_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { StreamRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { streamView } from "../views.ts";

export const createLogStream =
  (room: Pick<Room, "groups" | "streams" | "clock">): Operation<"CreateLogStream"> =>
  async (_ctx, { logGroupName, logStreamName }) => {
    const group = findGroup(room, logGroupName);
    const key = [group.name, logStreamName];
    if (room.streams.has(key)) throw streamExists();
    room.streams.put(key, {
      group: group.name,
      name: logStreamName,
      createdAt: room.clock.now(),
      storedBytes: 0,
      batches: 0,
      maxSpanMs: 0,
    });
    return {};
  };

export const deleteLogStream =
  (room: Room): Operation<"DeleteLogStream"> =>
  async (_ctx, { logGroupName, logStreamName }) => {
    const { group, name } = findStream(room, logGroupName, logStreamName);
    room.records.atomically(() => {
      room.streams.delete([group, name]);
      room.batches.clear({ prefix: [group, name] });
    });
    return {};
  };

export const describeLogStreams =
  (room: Pick<Room, "groups" | "streams">): Operation<"DescribeLogStreams"> =>
  async (ctx, input) => {
    const group = findGroup(room, referencedGroupName(input));
    const prefix = input.logStreamNamePrefix ?? "";
    const byTime = input.orderBy === "LastEventTime";
    if (byTime && prefix !== "") throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
    const streams = [...room.streams.range({ prefix: [group.name] })]
      .map(({ value }) => value)
      .filter(({ name }) => name.startsWith(prefix));
    if (byTime) streams.sort((a, b) => lastEvent(a) - lastEvent(b) || (a.name < b.name ? -1 : 1));
    if (input.descending) streams.reverse();
    const { items, nextToken } = page(streams, ({ name }) => name, input.nextToken, input.limit ?? DEFAULT_LIST_SIZE);
    return { logStreams: items.map((stream) => streamView(ctx, stream)), ...(nextToken ? { nextToken } : {}) };
  };

const lastEvent = ({ lastEventAt, createdAt }: StreamRecord): number => lastEventAt ?? createdAt;
