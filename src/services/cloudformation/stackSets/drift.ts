import type { Context } from "../../../kernel/context.ts";
import { validationError } from "../errors.ts";
import type { Room } from "../room.ts";
import { findInstance } from "./find.ts";
import { contextIn } from "./instance.ts";
import type { InstanceDrift, InstancePlace, InstanceResourceDrift, StackSetOperationRecord } from "./records.ts";

/** Holds the stack of an instance against its services, and keeps for the operation what was found. */
export const lookAtInstance = async (
  room: Room,
  operation: StackSetOperationRecord,
  place: InstancePlace,
): Promise<InstanceDrift["status"]> => {
  const { stackSetId, operationId } = operation;
  const { account, region } = place;
  const { stackId } = findInstance(room, stackSetId, place);
  if (stackId === undefined) throw validationError(`Stack instance in ${region} of ${account} has no stack`);
  const ctx = await contextIn(room, operation, place);
  const status = await driftOf(room, ctx, stackId);
  const drifts = await resourceDrifts(ctx, stackId);
  room.deps.records.atomically(() => {
    const key = [stackSetId, account, region];
    const drift = { status, at: room.clock.now() };
    room.tables.stackInstances.put(key, { ...findInstance(room, stackSetId, place), drift });
    room.tables.instanceDrifts.put([stackSetId, operationId, account, region], drifts);
  });
  return status;
};

const driftOf = async (room: Room, ctx: Context, stackId: string) => {
  const { StackDriftDetectionId = "" } = await ctx.call("cloudformation", "DetectStackDrift", { StackName: stackId });
  await room.running.ended(StackDriftDetectionId);
  const found = await ctx.call("cloudformation", "DescribeStackDriftDetectionStatus", { StackDriftDetectionId });
  if (found.DetectionStatus === "DETECTION_FAILED") throw validationError(found.DetectionStatusReason ?? "");
  return found.StackDriftStatus ?? "NOT_CHECKED";
};

const resourceDrifts = async (ctx: Context, stackId: string): Promise<readonly InstanceResourceDrift[]> => {
  const drifts: InstanceResourceDrift[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ctx.call("cloudformation", "DescribeStackResourceDrifts", { StackName: stackId, NextToken });
    for (const drift of page.StackResourceDrifts ?? []) {
      const differences = (drift.PropertyDifferences ?? []).map((each) => ({
        path: each.PropertyPath ?? "",
        expected: each.ExpectedValue ?? "",
        actual: each.ActualValue ?? "",
        type: each.DifferenceType ?? ("NOT_EQUAL" as const),
      }));
      drifts.push({
        stackId,
        logicalId: drift.LogicalResourceId ?? "",
        physicalId: drift.PhysicalResourceId,
        type: drift.ResourceType ?? "",
        status: drift.StackResourceDriftStatus ?? "NOT_CHECKED",
        differences,
        at: drift.Timestamp?.getTime() ?? 0,
      });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return drifts;
};
