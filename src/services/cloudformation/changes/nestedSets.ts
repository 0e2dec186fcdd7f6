import { validationError } from "../errors.ts";
import type { ChangeSetRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** The change sets of nested stacks that belong to a root's. */
export const nestedIn = (
  { tables }: Pick<Room, "tables">,
  { changeSetId, includesNested }: ChangeSetRecord,
): readonly ChangeSetRecord[] =>
  includesNested
    ? [...tables.changeSets.range()].map(({ value }) => value).filter((each) => each.rootChangeSetId === changeSetId)
    : [];

/** Takes away what was prepared for a root's change set: those nested in it, and the stacks that only waited for them. */
export const forgetNested = (room: Pick<Room, "tables">, root: ChangeSetRecord): void => {
  const { changeSets, stacks, names, events } = room.tables;
  for (const { stackId, name } of nestedIn(room, root)) {
    changeSets.delete([stackId, name]);
    const stack = stacks.get(stackId);
    if (stack?.status !== "REVIEW_IN_PROGRESS") continue;
    stacks.delete(stackId);
    names.delete(stack.stackName);
    events.clear({ prefix: [stackId] });
  }
};

/** Makes the nested stacks that a change set has prepared those that its execution brings into being. */
export const takeReviewed = (room: Pick<Room, "tables">, root: ChangeSetRecord): void => {
  const { changeSets, stacks, reviews } = room.tables;
  const places = new Map(
    [root, ...nestedIn(room, root)].flatMap(({ stackId, changes }) =>
      changes.map(({ changeSetId, logicalId }) => [changeSetId, [stackId, logicalId]] as const),
    ),
  );
  for (const nested of nestedIn(room, root)) {
    const place = places.get(nested.changeSetId);
    const stack = stacks.get(nested.stackId);
    if (place && stack?.status === "REVIEW_IN_PROGRESS") reviews.put([...place], stack.stackName);
    changeSets.put([nested.stackId, nested.name], { ...nested, executionStatus: "EXECUTE_COMPLETE" });
  }
};

/** AWS: a nested change set goes the way of its root's. */
export const refuseNested = ({ changeSetId, rootChangeSetId }: ChangeSetRecord, verb: "executed" | "deleted"): void => {
  if (rootChangeSetId === undefined) return;
  throw validationError(
    `ChangeSet [${changeSetId}] is a nested change set and can only be ${verb} with its root change set [${rootChangeSetId}].`,
  );
};
