import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { keepTree } from "../changes/keep.ts";
import { blankChangeSet, type ChangeSetInput, fillChangeSet, receiveChangeSet } from "../changes/make.ts";
import { type ChangeSetTree, withNested } from "../changes/nested.ts";
import { workOut } from "../changes/workOut.ts";
import { changeSetAlreadyExists, validationError } from "../errors.ts";
import { stackOrNone } from "../find.ts";
import type { ChangeSetRecord, StackRecord } from "../records.ts";
import { checkStackName, newStackId } from "../requests.ts";
import type { Operation, Room } from "../room.ts";
import { setStatus } from "../run/journal.ts";
import { keepStack, newStack } from "../run/newStack.ts";
import { stackContext } from "../run/principal.ts";
import { checkUpdatable } from "../stackState.ts";

export const createChangeSet =
  (room: Room): Operation<"CreateChangeSet"> =>
  async (ctx, input) => {
    if (input.DeploymentMode !== undefined) throw new NotImplemented("change sets that revert drift");
    const type = input.ChangeSetType ?? "UPDATE";
    const { stack, isNew } = stackFor(room, ctx, input, type);
    const existing = isNew ? undefined : room.tables.changeSets.get([stack.stackId, input.ChangeSetName]);
    if (existing !== undefined && isSameRequest(existing, input)) {
      return { Id: existing.changeSetId, StackId: stack.stackId };
    }
    // AWS: what has been carried out leaves its name free.
    if (existing !== undefined && !/^EXECUTE_(COMPLETE|FAILED)$/.test(existing.executionStatus)) {
      throw changeSetAlreadyExists(input.ChangeSetName);
    }
    const changeSetId = ctx.arn(`changeSet/${input.ChangeSetName}/${room.ids.uuid()}`);
    const received = await receiveChangeSet(room, ctx, input, stack);
    const blank = blankChangeSet(room, stack, changeSetId, input, type);
    const make = async (ctx: Context): Promise<ChangeSetTree> => {
      const made = await fillChangeSet(room, ctx, input, stack, blank, received);
      return input.IncludeNestedStacks ? withNested(room, ctx, stack, made) : { changeSet: made, nested: [] };
    };
    const isLong = received.isExpanded || input.IncludeNestedStacks;
    const tree = isLong ? { changeSet: blank, nested: [] } : await make(ctx);
    room.deps.records.atomically(() => {
      if (isNew) {
        keepStack(room, stack);
        setStatus(room, stack.stackId, "REVIEW_IN_PROGRESS", "User Initiated");
      }
      keepTree(room, tree);
    });
    if (isLong) await workOut(room, blank, () => make(stackContext(room.deps, ctx.principal)));
    return { Id: changeSetId, StackId: stack.stackId };
  };

const isSameRequest = ({ clientToken }: ChangeSetRecord, { ClientToken }: ChangeSetInput): boolean =>
  ClientToken !== undefined && clientToken === ClientToken;

const stackFor = (
  room: Room,
  ctx: Context,
  { StackName, ChangeSetName }: ChangeSetInput,
  type: ChangeSetRecord["type"],
): { readonly stack: StackRecord; readonly isNew: boolean } => {
  const existing = stackOrNone(room, StackName);
  if (type === "UPDATE") {
    if (existing === undefined) throw validationError(`Stack [${StackName}] does not exist`);
    if (existing.status !== "REVIEW_IN_PROGRESS") checkUpdatable(existing);
    return { stack: existing, isNew: false };
  }
  if (type === "IMPORT" && existing !== undefined && existing.status !== "REVIEW_IN_PROGRESS") {
    checkUpdatable(existing);
    return { stack: existing, isNew: false };
  }
  if (existing === undefined) {
    checkStackName(StackName);
    const stackId = newStackId(ctx, StackName, room.ids.uuid());
    return {
      stack: newStack(room, { stackId, stackName: StackName, parentId: undefined, rootId: undefined }),
      isNew: true,
    };
  }
  if (existing.status === "REVIEW_IN_PROGRESS") return { stack: existing, isNew: false };
  throw validationError(
    `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
  );
};
