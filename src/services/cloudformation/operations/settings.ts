import { validationError } from "../errors.ts";
import { findStack } from "../find.ts";
import { policyText } from "../policyInput.ts";
import type { Operation, Room } from "../room.ts";
import { resourcesOf } from "../run/journal.ts";
import { checkStackPolicy } from "../stackPolicy.ts";

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

export const getStackPolicy =
  (room: Room): Operation<"GetStackPolicy"> =>
  async (_ctx, input) => {
    const { policy } = findStack(room, input.StackName);
    return policy === undefined ? {} : { StackPolicyBody: policy };
  };

export const setStackPolicy =
  (room: Room): Operation<"SetStackPolicy"> =>
  async (ctx, input) => {
    const policy = await policyText(ctx, { body: input.StackPolicyBody, url: input.StackPolicyURL });
    const stack = findStack(room, input.StackName);
    if (policy === undefined) throw validationError("Either Stack Policy Body or Stack Policy URL must be specified");
    checkStackPolicy(policy, new Set(resourcesOf(room, stack.stackId).map(({ logicalId }) => logicalId)));
    room.tables.stacks.put(stack.stackId, { ...stack, policy });
    return {};
  };
