import { refuseNested, takeReviewed } from "../changes/nestedSets.ts";
import { invalidChangeSetStatus } from "../errors.ts";
import { findChangeSet, findStack } from "../find.ts";
import type { ChangeSetRecord, StackRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { beginCreate, beginImport, beginUpdate } from "../run/begin.ts";
import { stackPrincipal } from "../run/principal.ts";
import { checkUpdatable, obsoleteChangeSets } from "../stackState.ts";

export const executeChangeSet =
  (room: Room): Operation<"ExecuteChangeSet"> =>
  async (ctx, input) => {
    const changeSet = findChangeSet(room, input.ChangeSetName, input.StackName);
    refuseNested(changeSet, "executed");
    const { definition } = checkExecutable(changeSet);
    const principal = await stackPrincipal(room.deps, definition.roleArn, ctx.principal);
    checkExecutable(findChangeSet(room, changeSet.changeSetId, undefined));
    const stack = findStack(room, changeSet.stackId);
    if (stack.status !== "REVIEW_IN_PROGRESS") checkUpdatable(stack);
    const onFailure =
      (input.DisableRollback ?? changeSet.deployment?.disableRollback)
        ? "DO_NOTHING"
        : (changeSet.onStackFailure ?? "ROLLBACK");
    const options = {
      principal,
      clientRequestToken: input.ClientRequestToken,
      retainExceptOnCreate: input.RetainExceptOnCreate,
      onFailure,
      changeSetId: changeSet.changeSetId,
      policy: stack.policy,
      imports: changeSet.imports,
      // It was held against the world when it was made.
      skipsValidation: true,
    };
    room.deps.records.atomically(() => {
      room.tables.changeSets.put([changeSet.stackId, changeSet.name], {
        ...changeSet,
        executionStatus: "EXECUTE_IN_PROGRESS",
      });
      takeReviewed(room, changeSet);
      obsoleteChangeSets(room, changeSet.stackId, changeSet.changeSetId);
      const begin = beginningOf(changeSet, stack);
      const deploymentMode = changeSet.deployment?.mode;
      begin(room, { ...stack, deploymentMode, disableRollback: onFailure === "DO_NOTHING" }, definition, options);
    });
    return {};
  };

const beginningOf = ({ type }: ChangeSetRecord, { status }: StackRecord) => {
  if (type === "IMPORT") return beginImport;
  return status === "REVIEW_IN_PROGRESS" ? beginCreate : beginUpdate;
};

const checkExecutable = (changeSet: ChangeSetRecord) => {
  const { changeSetId, status, executionStatus, definition } = changeSet;
  if (status !== "CREATE_COMPLETE" || definition === undefined) {
    throw invalidChangeSetStatus(`ChangeSet [${changeSetId}] cannot be executed in its current status of [${status}]`);
  }
  if (executionStatus !== "AVAILABLE") {
    throw invalidChangeSetStatus(
      `ChangeSet [${changeSetId}] cannot be executed in its current execution status of [${executionStatus}]`,
    );
  }
  return { definition };
};
