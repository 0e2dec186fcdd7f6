import { validationError } from "../errors.ts";
import { stackOrNone } from "../find.ts";
import type { StackRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { importersOf } from "../run/afterStatus.ts";
import { beginDelete, giveUp } from "../run/begin.ts";
import { setStatus } from "../run/journal.ts";
import { stackPrincipal } from "../run/principal.ts";
import { obsoleteChangeSets } from "../stackState.ts";

export const deleteStack =
  (room: Room): Operation<"DeleteStack"> =>
  async (ctx, input) => {
    const stack = stackOrNone(room, input.StackName);
    // AWS: a stack that is not there is as good as deleted.
    if (stack === undefined || stack.status === "DELETE_COMPLETE" || stack.status === "DELETE_IN_PROGRESS") return {};
    checkDeletable(stack, input);
    if (stack.status === "CREATE_IN_PROGRESS") return giveUpCreation(room, stack);
    const inUse = stack.outputs.find(
      ({ exportName }) => exportName !== undefined && importersOf(room, exportName).length > 0,
    );
    if (inUse?.exportName !== undefined) {
      const users = importersOf(room, inUse.exportName).join(", ");
      setStatus(room, stack.stackId, "DELETE_IN_PROGRESS", "User Initiated");
      setStatus(
        room,
        stack.stackId,
        "DELETE_FAILED",
        `Delete canceled. Cannot delete export ${inUse.exportName} as it is in use by ${users}.`,
      );
      return {};
    }
    if (stack.status === "REVIEW_IN_PROGRESS") obsoleteChangeSets(room, stack.stackId);
    const roleArn = input.RoleARN ?? stack.definition?.roleArn;
    beginDelete(room, stack, {
      principal: await stackPrincipal(room.deps, roleArn, ctx.principal),
      clientRequestToken: input.ClientRequestToken,
      passOver: input.RetainResources ?? [],
      force: input.DeletionMode === "FORCE_DELETE_STACK",
    });
    return {};
  };

const IN_PROGRESS = /_IN_PROGRESS$/;

const checkDeletable = (
  stack: StackRecord,
  { RetainResources: retained = [], DeletionMode }: Parameters<Operation<"DeleteStack">>[1],
): void => {
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stack.stackName}] cannot be deleted while TerminationProtection is enabled`);
  }
  const busy =
    IN_PROGRESS.test(stack.status) && stack.status !== "CREATE_IN_PROGRESS" && stack.status !== "REVIEW_IN_PROGRESS";
  if (busy) throw validationError(`Stack [${stack.stackName}] cannot be deleted while in status ${stack.status}`);
  if (DeletionMode === "FORCE_DELETE_STACK" && stack.status !== "DELETE_FAILED") {
    throw validationError(
      `Invalid operation on stack [${stack.stackId}]. FORCE_DELETE_STACK is only supported for stacks in the DELETE_FAILED state.`,
    );
  }
  if (retained.length > 0 && stack.status !== "DELETE_FAILED") {
    throw validationError(
      `Invalid operation on stack [${stack.stackId}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  }
};

/** The running creation itself turns around and takes everything away. */
const giveUpCreation = (room: Room, stack: StackRecord) => {
  giveUp(room, stack, { onFailure: "DELETE" });
  return {};
};
