import { forgetNested, refuseNested } from "../changes/nestedSets.ts";
import { changeViews } from "../changes/view.ts";
import { invalidChangeSetStatus, noSuchStack } from "../errors.ts";
import { findChangeSet, findStack } from "../find.ts";
import { page } from "../paging.ts";
import type { ChangeSetRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { capabilitiesView, parameterView, rollbackView, tagView } from "../views.ts";

const PAGE_SIZE = 100;
const INCOMPLETE = "[WARN] --include-property-values option can return incomplete ChangeSet data because:";

export const describeChangeSet =
  (room: Room): Operation<"DescribeChangeSet"> =>
  async (_ctx, input) => {
    const changeSet = findChangeSet(room, input.ChangeSetName, input.StackName);
    const { definition } = changeSet;
    const { items, nextToken } = page(changeSet.changes, input.NextToken, PAGE_SIZE);
    return {
      ...summaryView(room, changeSet),
      ...(changeSet.warning !== undefined && input.IncludePropertyValues
        ? { StatusReason: `${INCOMPLETE} ${changeSet.warning}` }
        : {}),
      ...(definition && definition.parameters.length > 0
        ? { Parameters: definition.parameters.map(parameterView) }
        : {}),
      NotificationARNs: [...(definition?.notificationArns ?? [])],
      RollbackConfiguration: rollbackView(definition?.rollback),
      Capabilities: capabilitiesView(definition?.capabilities ?? []),
      ...(definition && definition.tags.length > 0 ? { Tags: definition.tags.map(tagView) } : {}),
      Changes: changeViews(items, input.IncludePropertyValues ?? false),
      ...(changeSet.deployment === undefined
        ? {}
        : {
            DeploymentConfig: {
              Mode: changeSet.deployment.mode,
              DisableRollback: changeSet.deployment.disableRollback,
            },
          }),
      ...(changeSet.onStackFailure === undefined ? {} : { OnStackFailure: changeSet.onStackFailure }),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

export const listChangeSets =
  (room: Room): Operation<"ListChangeSets"> =>
  async (_ctx, input) => {
    const { stackId } = findStack(room, input.StackName, noSuchStack);
    const all = [...room.tables.changeSets.range({ prefix: [stackId] })].map(({ value }) => value);
    const shown = all.filter(({ executionStatus }) => executionStatus !== "EXECUTE_COMPLETE");
    const { items, nextToken } = page(shown, input.NextToken, PAGE_SIZE);
    return {
      Summaries: items.map((changeSet) => summaryView(room, changeSet)),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

export const deleteChangeSet =
  (room: Room): Operation<"DeleteChangeSet"> =>
  async (_ctx, input) => {
    const changeSet = findOrNone(room, input.ChangeSetName, input.StackName);
    // AWS: a change set that is not there is as good as deleted.
    if (changeSet === undefined) return {};
    if (changeSet.executionStatus === "EXECUTE_IN_PROGRESS") {
      throw invalidChangeSetStatus(
        `ChangeSet [${changeSet.changeSetId}] cannot be deleted in its current status of [${changeSet.executionStatus}]`,
      );
    }
    refuseNested(changeSet, "deleted");
    room.deps.records.atomically(() => {
      forgetNested(room, changeSet);
      room.tables.changeSets.delete([changeSet.stackId, changeSet.name]);
    });
    return {};
  };

const findOrNone = (room: Room, name: string, stackName: string | undefined): ChangeSetRecord | undefined => {
  try {
    return findChangeSet(room, name, stackName);
  } catch (error) {
    if (error instanceof Error && error.name === "ChangeSetNotFoundException") return undefined;
    throw error;
  }
};

const summaryView = (room: Room, changeSet: ChangeSetRecord) => ({
  StackId: changeSet.stackId,
  StackName: room.tables.stacks.get(changeSet.stackId)?.stackName ?? "",
  ChangeSetId: changeSet.changeSetId,
  ChangeSetName: changeSet.name,
  ExecutionStatus: changeSet.executionStatus,
  Status: changeSet.status,
  ...(changeSet.statusReason === undefined ? {} : { StatusReason: changeSet.statusReason }),
  CreationTime: new Date(changeSet.createdAt),
  ...(changeSet.description === undefined ? {} : { Description: changeSet.description }),
  IncludeNestedStacks: changeSet.includesNested ?? false,
  ...(changeSet.parentChangeSetId === undefined ? {} : { ParentChangeSetId: changeSet.parentChangeSetId }),
  ...(changeSet.rootChangeSetId === undefined ? {} : { RootChangeSetId: changeSet.rootChangeSetId }),
  ...(changeSet.importsExisting ? { ImportExistingResources: true } : {}),
});
