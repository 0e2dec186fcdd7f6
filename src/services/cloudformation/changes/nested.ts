import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { findStack } from "../find.ts";
import type { ChangeSetRecord, StackRecord } from "../records.ts";
import { newStackId } from "../requests.ts";
import type { Room } from "../room.ts";
import { newStack } from "../run/newStack.ts";
import { physicalName } from "../run/physicalName.ts";
import { isUnknown } from "../template/intrinsics/intrinsic.ts";
import { capabilitiesView } from "../views.ts";
import {
  blankChangeSet,
  type ChangeSetInput,
  failedChangeSet,
  fillChangeSet,
  NO_CHANGES,
  receiveChangeSet,
} from "./make.ts";
import type { ResourceChange } from "./model.ts";

/** A change set of a nested stack, and the stack when it is yet to be made. */
export interface NestedChangeSet {
  readonly changeSet: ChangeSetRecord;
  /** Waits in review under its parent. */
  readonly review: { readonly stack: StackRecord; readonly logicalId: string } | undefined;
}

/** A change set with those of all stacks that are nested in its own. */
export interface ChangeSetTree {
  readonly changeSet: ChangeSetRecord;
  readonly nested: readonly NestedChangeSet[];
}

/**
 * Works out what a change set does within nested stacks.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/change-sets-for-nested-stacks.html
 */
export const withNested = async (
  room: Room,
  ctx: Context,
  stack: StackRecord,
  changeSet: ChangeSetRecord,
): Promise<ChangeSetTree> => {
  const root: ChangeSetRecord = { ...changeSet, includesNested: true };
  const nested: NestedChangeSet[] = [];
  const changes: ResourceChange[] = [];
  for (const change of root.changes) {
    const tree = await nestedTree(room, ctx, stack, root, change);
    if (tree === undefined) {
      changes.push(change);
      continue;
    }
    nested.push(...tree.nested);
    if (tree.changeSet.status === "FAILED") {
      return { changeSet: failedBy(root, tree.changeSet), nested: [] };
    }
    changes.push({ ...change, changeSetId: tree.changeSet.changeSetId });
  }
  return { changeSet: { ...root, changes }, nested };
};

const failedBy = (root: ChangeSetRecord, { changeSetId }: ChangeSetRecord): ChangeSetRecord =>
  failedChangeSet(root, `Nested change set ${changeSetId} was not successfully created: Currently in FAILED.`);

/** What happens within one nested stack; undefined when that is nothing, or cannot be told yet. */
const nestedTree = async (
  room: Room,
  ctx: Context,
  parent: StackRecord,
  parentSet: ChangeSetRecord,
  change: ResourceChange,
): Promise<ChangeSetTree | undefined> => {
  const properties = isJsonObject(change.after) ? change.after["Properties"] : undefined;
  if (change.type !== "AWS::CloudFormation::Stack" || !isJsonObject(properties)) return undefined;
  const url = properties["TemplateURL"];
  if (typeof url !== "string" || isUnknown(url)) return undefined;
  const isNew = change.physicalId === undefined;
  const stack =
    change.physicalId === undefined ? reviewed(room, ctx, parent, change) : findStack(room, change.physicalId);
  const input = inputOf(room, parentSet, change, properties, stack, url);
  const changeSetId = ctx.arn(`changeSet/${input.ChangeSetName}/${room.ids.uuid()}`);
  const blank: ChangeSetRecord = {
    ...blankChangeSet(room, stack, changeSetId, input, isNew ? "CREATE" : "UPDATE"),
    parentChangeSetId: parentSet.changeSetId,
    rootChangeSetId: parentSet.rootChangeSetId ?? parentSet.changeSetId,
  };
  const made = await receiveChangeSet(room, ctx, input, stack)
    .then((received) => fillChangeSet(room, ctx, input, stack, blank, received))
    .catch((error: unknown) => failedChangeSet(blank, errorMessage(error)));
  if (made.statusReason === NO_CHANGES) return undefined;
  const { changeSet, nested } = await withNested(room, ctx, stack, made);
  const review = isNew ? { stack, logicalId: change.logicalId } : undefined;
  return { changeSet, nested: [...nested, { changeSet, review }] };
};

const reviewed = (room: Room, ctx: Context, parent: StackRecord, { logicalId }: ResourceChange): StackRecord => {
  const stackName = physicalName(parent.stackName, logicalId, room.ids.mixed(12), { maxLength: 128 });
  return newStack(room, {
    stackId: newStackId(ctx, stackName, room.ids.uuid()),
    stackName,
    parentId: parent.stackId,
    rootId: parent.rootId ?? parent.stackId,
  });
};

const inputOf = (
  room: Room,
  parentSet: ChangeSetRecord,
  { logicalId }: ResourceChange,
  properties: JsonObject,
  stack: StackRecord,
  url: string,
): ChangeSetInput => {
  const parameters = properties["Parameters"];
  return {
    StackName: stack.stackName,
    ChangeSetName: `${parentSet.name.slice(0, 60)}-${logicalId.slice(0, 50)}-${room.ids.upper(12)}`,
    TemplateURL: url,
    Parameters: isJsonObject(parameters) ? Object.entries(parameters).map(parameterOf) : [],
    Tags: (parentSet.definition?.tags ?? []).map(({ key, value }) => ({ Key: key, Value: value })),
    Capabilities: capabilitiesView(parentSet.definition?.capabilities ?? []),
  };
};

const parameterOf = ([ParameterKey, value]: [string, JsonValue]) => ({
  ParameterKey,
  ParameterValue: Array.isArray(value) ? value.map(String).join(",") : String(value),
});
