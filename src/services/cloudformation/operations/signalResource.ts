import { validationError } from "../errors.ts";
import { findStack } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { addResourceEvent } from "../run/journal.ts";

/** Counts towards what a resource's CreationPolicy waits for. */
export const signalResource =
  (room: Room): Operation<"SignalResource"> =>
  async (_ctx, { StackName, LogicalResourceId, UniqueId, Status }) => {
    const stack = findStack(room, StackName);
    if (!/^(CREATE|UPDATE)_IN_PROGRESS$/.test(stack.status)) {
      throw validationError(`Stack ${stack.stackId} is in ${stack.status} state and cannot be signaled`);
    }
    const stored = room.tables.resources.get([stack.stackId, LogicalResourceId]);
    if (stored === undefined) {
      throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${stack.stackName}`);
    }
    const { record, isSecret } = stored;
    if (!/_IN_PROGRESS$/.test(record.status)) {
      throw validationError(`Resource ${LogicalResourceId} is in ${record.status} state and cannot be signaled`);
    }
    const { signals } = room.tables;
    // AWS: a signal may come again only to say that it failed after all.
    if (signals.has([record.token, UniqueId]) && Status !== "FAILURE") {
      throw validationError(
        `Signal with ID ${UniqueId} for resource ${LogicalResourceId} already exists. Signals may only be updated with a FAILURE status.`,
      );
    }
    const reason = `Received ${Status} signal with UniqueId ${UniqueId}`;
    room.deps.records.atomically(() => {
      signals.put([record.token, UniqueId], { isSuccess: Status === "SUCCESS", reason, data: "" });
      addResourceEvent(room, stack, { ...record, reason }, isSecret);
    });
    room.responses.wake(record.token);
    return {};
  };
