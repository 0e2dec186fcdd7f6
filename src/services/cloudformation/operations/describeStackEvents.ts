import { findStack } from "../find.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { eventView } from "../views.ts";

const PAGE_SIZE = 100;

export const describeStackEvents =
  (room: Room): Operation<"DescribeStackEvents"> =>
  async (_ctx, input) => {
    const { stackId } = findStack(room, input.StackName ?? "");
    const newestFirst = room.tables.events.range({ prefix: [stackId], reverse: true });
    const { items, nextToken } = page(newestFirst, input.NextToken, PAGE_SIZE);
    return { StackEvents: items.map(({ value }) => eventView(value)), ...(nextToken ? { NextToken: nextToken } : {}) };
  };
