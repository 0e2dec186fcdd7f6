import { checkDetectable, detectResource, detectStack } from "../drift/detect.ts";
import { driftView } from "../drift/view.ts";
import { validationError } from "../errors.ts";
import { findStack } from "../find.ts";
import type { DetectionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { stackContext } from "../run/principal.ts";

export const detectStackDrift =
  (room: Room): Operation<"DetectStackDrift"> =>
  async (ctx, input) => {
    const stack = findStack(room, input.StackName);
    checkDetectable(stack);
    const wanted = input.LogicalResourceIds;
    for (const logicalId of wanted ?? []) {
      if (!room.tables.resources.has([stack.stackId, logicalId])) throw noResource(logicalId, stack.stackName);
    }
    const detection: DetectionRecord = {
      detectionId: room.ids.uuid(),
      stackId: stack.stackId,
      status: "DETECTION_IN_PROGRESS",
      reason: undefined,
      driftStatus: undefined,
      driftedCount: 0,
      at: room.clock.now(),
    };
    room.tables.detections.put(detection.detectionId, detection);
    room.running.begin(detection.detectionId);
    room.deps.tasks.spawn(`detect the drift of ${stack.stackId}`, async (signal) => {
      try {
        await detectStack(room, stackContext(room.deps, ctx.principal), detection, wanted, signal);
      } finally {
        room.running.end(detection.detectionId);
      }
    });
    return { StackDriftDetectionId: detection.detectionId };
  };

export const detectStackResourceDrift =
  (room: Room): Operation<"DetectStackResourceDrift"> =>
  async (ctx, input) => {
    const stack = findStack(room, input.StackName);
    checkDetectable(stack);
    const record = room.tables.resources.get([stack.stackId, input.LogicalResourceId])?.record;
    if (record === undefined) throw noResource(input.LogicalResourceId, stack.stackName);
    const drift = await detectResource(room, stackContext(room.deps, ctx.principal), stack, record, ctx.signal);
    if (drift === undefined) {
      throw validationError(`Drift detection is not supported for resource type ${record.type}`);
    }
    return { StackResourceDrift: driftView(stack, drift) };
  };

const noResource = (logicalId: string, stackName: string) =>
  validationError(`Resource ${logicalId} does not exist for stack ${stackName}`);
