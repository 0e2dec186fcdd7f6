import { InvalidOperationException } from "@aws-sdk/client-cloudformation";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { findOperation, findStackSet, operationsOf } from "../stackSets/find.ts";
import { operationSummaryView, operationView } from "../stackSets/view.ts";

const PAGE_SIZE = 100;

export const describeStackSetOperation =
  (room: Room): Operation<"DescribeStackSetOperation"> =>
  async (_ctx, input) => {
    const operation = findOperation(room, findStackSet(room, input.StackSetName), input.OperationId);
    return { StackSetOperation: operationView(operation) };
  };

export const listStackSetOperations =
  (room: Room): Operation<"ListStackSetOperations"> =>
  async (_ctx, input) => {
    const { stackSetId } = findStackSet(room, input.StackSetName);
    const newestFirst = [...operationsOf(room, stackSetId)].sort((a, b) => b.createdAt - a.createdAt);
    const { items, nextToken } = page(newestFirst, input.NextToken, input.MaxResults ?? PAGE_SIZE);
    return { Summaries: items.map(operationSummaryView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const listStackSetOperationResults =
  (room: Room): Operation<"ListStackSetOperationResults"> =>
  async (_ctx, input) => {
    const { results } = findOperation(room, findStackSet(room, input.StackSetName), input.OperationId);
    const wanted = results.filter(({ status }) =>
      (input.Filters ?? []).every(({ Values }) => Values === undefined || Values === status),
    );
    const { items, nextToken } = page(wanted, input.NextToken, input.MaxResults ?? PAGE_SIZE);
    return {
      Summaries: items.map(({ account, region, status, reason }) => ({
        Account: account,
        Region: region,
        Status: status,
        ...(reason === undefined ? {} : { StatusReason: reason }),
      })),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

export const stopStackSetOperation =
  (room: Room): Operation<"StopStackSetOperation"> =>
  async (_ctx, input) => {
    const stackSet = findStackSet(room, input.StackSetName);
    const operation = findOperation(room, stackSet, input.OperationId);
    if (operation.endedAt !== undefined) {
      throw new InvalidOperationException({
        message: `Operation ${operation.operationId} is in ${operation.status} state and cannot be stopped`,
        $metadata: {},
      });
    }
    room.tables.stackSetOperations.put([stackSet.stackSetId, operation.operationId], {
      ...operation,
      status: "STOPPING",
    });
    return {};
  };
