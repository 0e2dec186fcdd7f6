import { noSuchStack, validationError } from "../errors.ts";
import { findStack } from "../find.ts";
import { isRepeated } from "../requests.ts";
import type { Operation, Room } from "../room.ts";
import { beginRollback, giveUp } from "../run/begin.ts";
import { stackPrincipal } from "../run/principal.ts";
import { operationView } from "../views.ts";

export const cancelUpdateStack =
  (room: Room): Operation<"CancelUpdateStack"> =>
  async (_ctx, input) => {
    const stack = findStack(room, input.StackName, noSuchStack);
    if (stack.status !== "UPDATE_IN_PROGRESS") {
      throw validationError(`CancelUpdateStack cannot be called from current stack status`);
    }
    giveUp(room, stack);
    return {};
  };

export const continueUpdateRollback =
  (room: Room): Operation<"ContinueUpdateRollback"> =>
  async (ctx, input) => {
    const stack = findStack(room, input.StackName, noSuchStack);
    if (isRepeated(stack, input.ClientRequestToken)) return {};
    if (stack.status !== "UPDATE_ROLLBACK_FAILED") {
      throw validationError(`Stack:${stack.stackId} is in ${stack.status} state and can not be rolled back.`);
    }
    for (const logicalId of input.ResourcesToSkip ?? []) checkSkippable(room, stack.stackId, logicalId);
    beginRollback(room, stack, {
      principal: await stackPrincipal(room.deps, input.RoleARN ?? stack.definition?.roleArn, ctx.principal),
      clientRequestToken: input.ClientRequestToken,
      passOver: input.ResourcesToSkip ?? [],
      operationType: "CONTINUE_ROLLBACK",
    });
    return {};
  };

export const rollbackStack =
  (room: Room): Operation<"RollbackStack"> =>
  async (ctx, input) => {
    const stack = findStack(room, input.StackName, noSuchStack);
    if (isRepeated(stack, input.ClientRequestToken)) return { StackId: stack.stackId };
    if (stack.status !== "CREATE_FAILED" && stack.status !== "UPDATE_FAILED") {
      throw validationError(`Stack:${stack.stackId} is in ${stack.status} state and can not be rolled back.`);
    }
    beginRollback(room, stack, {
      principal: await stackPrincipal(room.deps, input.RoleARN ?? stack.definition?.roleArn, ctx.principal),
      clientRequestToken: input.ClientRequestToken,
      operationType: "ROLLBACK",
      retainExceptOnCreate: input.RetainExceptOnCreate,
    });
    return { StackId: stack.stackId, ...operationView(room, stack.stackId) };
  };

const checkSkippable = (room: Room, stackId: string, logicalId: string): void => {
  const [own = "", ...inner] = logicalId.split(".");
  const record = room.tables.resources.get([stackId, own])?.record;
  if (record?.status === "UPDATE_FAILED") {
    if (inner.length === 0) return;
    const nested = record.type === "AWS::CloudFormation::Stack" ? record.before?.physicalId : undefined;
    if (nested !== undefined) {
      checkSkippable(room, nested, inner.join("."));
      return;
    }
  }
  throw validationError(`Invalid Resources to Skip: [${logicalId}]`);
};
