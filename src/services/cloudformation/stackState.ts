import { forgetNested } from "./changes/nestedSets.ts";
import { validationError } from "./errors.ts";
import type { StackRecord } from "./records.ts";
import type { Room } from "./room.ts";

const UPDATABLE = new Set([
  "CREATE_COMPLETE",
  "CREATE_FAILED",
  "UPDATE_COMPLETE",
  "UPDATE_FAILED",
  "UPDATE_ROLLBACK_COMPLETE",
  "IMPORT_COMPLETE",
  "IMPORT_ROLLBACK_COMPLETE",
]);

/** Refuses to change a stack whose state does not allow it. */
export const checkUpdatable = ({ stackId, status }: StackRecord): void => {
  if (!UPDATABLE.has(status)) throw validationError(`Stack:${stackId} is in ${status} state and can not be updated.`);
};

/** Change sets of a stack that has been changed otherwise can no longer be carried out. */
export const obsoleteChangeSets = (room: Pick<Room, "tables">, stackId: string, except?: string): void => {
  const { changeSets } = room.tables;
  for (const { key, value } of [...changeSets.range({ prefix: [stackId] })]) {
    if (value.changeSetId === except || value.executionStatus !== "AVAILABLE") continue;
    changeSets.put(key, { ...value, executionStatus: "OBSOLETE" });
    forgetNested(room, value);
  }
};
