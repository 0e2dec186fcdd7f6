import { validationError } from "../errors.ts";
import { findStack } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const updateTerminationProtection =
  (room: Room): Operation<"UpdateTerminationProtection"> =>
  async (_ctx, input) => {
    const stack = findStack(room, input.StackName);
    if (stack.parentId !== undefined) {
      throw validationError("TerminationProtection cannot be set on a nested stack.");
    }
    room.tables.stacks.put(stack.stackId, { ...stack, terminationProtection: input.EnableTerminationProtection });
    return { StackId: stack.stackId };
  };

/** No stack has a policy yet: setting one is not built. */
export const getStackPolicy =
  (room: Room): Operation<"GetStackPolicy"> =>
  async (_ctx, input) => {
    findStack(room, input.StackName);
    return {};
  };
