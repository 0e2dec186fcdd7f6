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

/** AWS: a nested change set goes the way of its root's. */
export const refuseNested = ({ changeSetId, rootChangeSetId }: ChangeSetRecord, verb: "executed" | "deleted"): void => {
  if (rootChangeSetId === undefined) return;
  throw validationError(
    `ChangeSet [${changeSetId}] is a nested change set and can only be ${verb} with its root change set [${rootChangeSetId}].`,
  );
};
