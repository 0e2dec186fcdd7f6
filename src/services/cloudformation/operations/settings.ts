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

export const setStackPolicy =
  (room: Room): Operation<"SetStackPolicy"> =>
  async (_ctx, input) => {
    const stack = findStack(room, input.StackName);
    room.tables.stacks.put(stack.stackId, { ...stack, stackPolicy: input.StackPolicyBody });
    return {};
  };

export const getStackPolicy =
  (room: Room): Operation<"GetStackPolicy"> =>
  async (_ctx, input) => {
    const { stackPolicy } = findStack(room, input.StackName);
    return stackPolicy === undefined ? {} : { StackPolicyBody: stackPolicy };
  };
