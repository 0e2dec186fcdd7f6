import type { StackRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** What a stack is once it has a new status: the definition that holds, its outputs and exports, its operation's end. */
export const afterStatus = (room: Room, stack: StackRecord): StackRecord => {
  switch (stack.status) {
    case "ROLLBACK_IN_PROGRESS":
      return { ...stack, failure: stack.statusReason, deletedAt: room.clock.now() };
    case "IMPORT_ROLLBACK_IN_PROGRESS":
    case "UPDATE_ROLLBACK_IN_PROGRESS":
      return { ...stack, failure: stack.statusReason };
    case "CREATE_COMPLETE":
      return ended(room, withOutputs(room, stack));
    case "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS":
      return withOutputs(room, {
        ...stack,
        previous: stack.parentId === undefined ? undefined : stack.definition,
        definition: stack.target ?? stack.definition,
        target: undefined,
      });
    case "IMPORT_COMPLETE":
      return ended(
        room,
        withOutputs(room, { ...stack, definition: stack.target ?? stack.definition, target: undefined }),
      );
    case "IMPORT_ROLLBACK_COMPLETE":
    case "UPDATE_ROLLBACK_COMPLETE":
      return ended(room, { ...stack, target: undefined, nextOutputs: undefined });
    case "UPDATE_COMPLETE":
    case "CREATE_FAILED":
    case "ROLLBACK_COMPLETE":
    case "ROLLBACK_FAILED":
    case "UPDATE_FAILED":
    case "UPDATE_ROLLBACK_FAILED":
    case "DELETE_FAILED":
      return ended(room, stack);
    case "DELETE_COMPLETE":
      return gone(room, stack);
    default:
      return stack;
  }
};

const ended = (room: Room, stack: StackRecord): StackRecord => {
  endExecution(room, stack);
  return { ...stack, operation: undefined, lastOperation: stack.operation ?? stack.lastOperation };
};

const SUCCEEDED = new Set(["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"]);

/** The change set that was being carried out has been, or has failed. */
const endExecution = ({ tables }: Room, { stackId, status, changeSetId }: StackRecord): void => {
  const key = [stackId, changeSetId?.split("/").at(-2) ?? ""];
  const changeSet = tables.changeSets.get(key);
  if (changeSet?.changeSetId !== changeSetId || changeSet?.executionStatus !== "EXECUTE_IN_PROGRESS") return;
  const executionStatus = SUCCEEDED.has(status) ? "EXECUTE_COMPLETE" : "EXECUTE_FAILED";
  tables.changeSets.put(key, { ...changeSet, executionStatus });
};

const withOutputs = (room: Room, stack: StackRecord): StackRecord => {
  const outputs = stack.nextOutputs ?? stack.outputs;
  const { exports } = room.tables;
  for (const { exportName } of stack.outputs) if (exportName !== undefined) exports.delete(exportName);
  for (const { exportName, value } of outputs) {
    if (exportName !== undefined) exports.put(exportName, { name: exportName, value, stackId: stack.stackId });
  }
  return { ...stack, outputs, nextOutputs: undefined };
};

const gone = (room: Room, stack: StackRecord): StackRecord => {
  const { tables, clock } = room;
  for (const { exportName } of stack.outputs) if (exportName !== undefined) tables.exports.delete(exportName);
  forgetImports(room, stack.stackId);
  tables.drifts.clear({ prefix: [stack.stackId] });
  tables.reviews.clear({ prefix: [stack.stackId] });
  if (tables.names.get(stack.stackName) === stack.stackId) tables.names.delete(stack.stackName);
  return ended(room, { ...stack, deletedAt: clock.now(), target: undefined });
};

/** Takes a stack out of the lists of those that import. */
export const forgetImports = ({ tables }: Room, stackId: string): void => {
  const mine = [...tables.imports.range()].filter(({ key }) => Array.isArray(key) && key[1] === stackId);
  for (const { key } of mine) tables.imports.delete(key);
};

/** The stacks that import an export, by name. */
export const importersOf = ({ tables }: Pick<Room, "tables">, exportName: string): readonly string[] =>
  [...tables.imports.range({ prefix: [exportName] })].map(({ value }) => value);
