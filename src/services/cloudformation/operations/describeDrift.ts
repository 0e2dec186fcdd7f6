import { driftsOf } from "../drift/detect.ts";
import { driftView } from "../drift/view.ts";
import { validationError } from "../errors.ts";
import { findStack } from "../find.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";

const PAGE_SIZE = 100;

export const describeStackDriftDetectionStatus =
  (room: Room): Operation<"DescribeStackDriftDetectionStatus"> =>
  async (_ctx, { StackDriftDetectionId: id }) => {
    const detection = room.tables.detections.get(id);
    if (detection === undefined) throw validationError(`Stack drift detection ${id} does not exist`);
    return {
      StackId: detection.stackId,
      StackDriftDetectionId: detection.detectionId,
      DetectionStatus: detection.status,
      Timestamp: new Date(detection.at),
      ...(detection.reason === undefined ? {} : { DetectionStatusReason: detection.reason }),
      ...(detection.driftStatus === undefined
        ? {}
        : { StackDriftStatus: detection.driftStatus, DriftedStackResourceCount: detection.driftedCount }),
    };
  };

export const describeStackResourceDrifts =
  (room: Room): Operation<"DescribeStackResourceDrifts"> =>
  async (_ctx, input) => {
    const stack = findStack(room, input.StackName);
    const wanted = input.StackResourceDriftStatusFilters ?? [];
    const drifts = driftsOf(room, stack.stackId).filter(({ status }) => wanted.length === 0 || wanted.includes(status));
    const { items, nextToken } = page(drifts, input.NextToken, input.MaxResults ?? PAGE_SIZE);
    return {
      StackResourceDrifts: items.map((drift) => driftView(stack, drift)),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };
