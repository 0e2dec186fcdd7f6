import type { Room } from "../room.ts";
import { setStatus } from "../run/journal.ts";
import { keepStack } from "../run/newStack.ts";
import type { ChangeSetTree, NestedChangeSet } from "./nested.ts";

/** Writes a change set down with those nested in it. */
export const keepTree = (room: Room, { changeSet, nested }: ChangeSetTree): void => {
  room.tables.changeSets.put([changeSet.stackId, changeSet.name], changeSet);
  for (const each of nested) keepNested(room, each);
};

const keepNested = (room: Room, { changeSet, review }: NestedChangeSet): void => {
  if (review !== undefined) {
    const { stack, logicalId } = review;
    keepStack(room, stack);
    setStatus(room, stack.stackId, "REVIEW_IN_PROGRESS", "User Initiated");
    room.tables.reviews.put([stack.parentId ?? "", logicalId], stack.stackName);
  }
  room.tables.changeSets.put([changeSet.stackId, changeSet.name], changeSet);
};
