import { findStack } from "../find.ts";
import { page } from "../paging.ts";
import type { StackRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { stackSummaryView, stackView } from "../views.ts";

const PAGE_SIZE = 100;

export const describeStacks =
  (room: Room): Operation<"DescribeStacks"> =>
  async (_ctx, input) => {
    if (input.StackName !== undefined) return { Stacks: [stackView(findStack(room, input.StackName))] };
    const living = newestFirst(room).filter(({ status }) => status !== "DELETE_COMPLETE");
    const { items, nextToken } = page(living, input.NextToken, PAGE_SIZE);
    return { Stacks: items.map(stackView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const listStacks =
  (room: Room): Operation<"ListStacks"> =>
  async (_ctx, input) => {
    const wanted = input.StackStatusFilter ?? [];
    const stacks = newestFirst(room).filter(({ status }) => wanted.length === 0 || wanted.includes(status));
    const { items, nextToken } = page(stacks, input.NextToken, PAGE_SIZE);
    return { StackSummaries: items.map(stackSummaryView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

const newestFirst = ({ tables }: Room): readonly StackRecord[] =>
  [...tables.stacks.range()].map(({ value }) => value).sort((a, b) => b.createdAt - a.createdAt);
