import { findChangeSet } from "../find.ts";
import type { Operation, Room } from "../room.ts";

/** No hook can be registered, so none will be called. */
export const describeChangeSetHooks =
  (room: Room): Operation<"DescribeChangeSetHooks"> =>
  async (_ctx, input) => {
    const changeSet = findChangeSet(room, input.ChangeSetName, input.StackName);
    return {
      ChangeSetId: changeSet.changeSetId,
      ChangeSetName: changeSet.name,
      StackId: changeSet.stackId,
      StackName: room.tables.stacks.get(changeSet.stackId)?.stackName ?? "",
      Status: "PLANNED",
      Hooks: [],
    };
  };

export const listHookResults =
  (_room: Room): Operation<"ListHookResults"> =>
  async (_ctx, input) => ({
    ...(input.TargetType === undefined ? {} : { TargetType: input.TargetType }),
    ...(input.TargetId === undefined ? {} : { TargetId: input.TargetId }),
    HookResults: [],
  });
