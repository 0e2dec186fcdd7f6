import type { StackRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** A stack of which nothing is there yet. */
export const newStack = (
  room: Room,
  fields: Pick<StackRecord, "stackId" | "stackName" | "parentId" | "rootId"> & Partial<StackRecord>,
): StackRecord => ({
  status: "REVIEW_IN_PROGRESS",
  statusReason: undefined,
  failure: undefined,
  createdAt: room.clock.now(),
  updatedAt: undefined,
  deletedAt: undefined,
  definition: undefined,
  target: undefined,
  operation: undefined,
  lastOperation: undefined,
  outputs: [],
  nextOutputs: undefined,
  changeSetId: undefined,
  disableRollback: false,
  timeoutMinutes: undefined,
  terminationProtection: false,
  ...fields,
});

/** Writes a stack down under its name. */
export const keepStack = ({ tables }: Room, stack: StackRecord): void => {
  tables.stacks.put(stack.stackId, stack);
  tables.names.put(stack.stackName, stack.stackId);
};
