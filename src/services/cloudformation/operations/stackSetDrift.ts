import { differenceView } from "../drift/view.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { beginOperation, checkFree, preferencesOf } from "../stackSets/begin.ts";
import { findInstance, findOperation, findStackSet, instancesOf } from "../stackSets/find.ts";
import type { InstanceResourceDrift } from "../stackSets/records.ts";

const PAGE_SIZE = 100;

export const detectStackSetDrift =
  (room: Room): Operation<"DetectStackSetDrift"> =>
  async (_ctx, input) => {
    const stackSet = findStackSet(room, input.StackSetName);
    checkFree(room, stackSet, input.OperationId);
    const OperationId = beginOperation(room, stackSet, {
      action: "DETECT_DRIFT",
      operationId: input.OperationId,
      preferences: preferencesOf(input.OperationPreferences),
      places: instancesOf(room, stackSet.stackSetId).map(({ account, region }) => ({ account, region })),
    });
    return { OperationId };
  };

export const listStackInstanceResourceDrifts =
  (room: Room): Operation<"ListStackInstanceResourceDrifts"> =>
  async (_ctx, input) => {
    const stackSet = findStackSet(room, input.StackSetName);
    const place = { account: input.StackInstanceAccount, region: input.StackInstanceRegion };
    findInstance(room, stackSet.stackSetId, place);
    const { operationId } = findOperation(room, stackSet, input.OperationId);
    const found = room.tables.instanceDrifts.get([stackSet.stackSetId, operationId, place.account, place.region]) ?? [];
    const wanted = input.StackInstanceResourceDriftStatuses ?? [];
    const shown = found.filter(({ status }) => wanted.length === 0 || wanted.includes(status));
    const { items, nextToken } = page(shown, input.NextToken, input.MaxResults ?? PAGE_SIZE);
    return { Summaries: items.map(summaryView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

const summaryView = (drift: InstanceResourceDrift) => ({
  StackId: drift.stackId,
  LogicalResourceId: drift.logicalId,
  PhysicalResourceId: drift.physicalId,
  ResourceType: drift.type,
  StackResourceDriftStatus: drift.status,
  Timestamp: new Date(drift.at),
  PropertyDifferences: drift.differences.map(differenceView),
});
