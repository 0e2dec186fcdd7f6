import { beginExecution } from "../begin.ts";
import { checkConcurrency } from "../concurrency.ts";
import { invalid } from "../errors.ts";
import { findAction, findPipeline } from "../find.ts";
import type { Operation, Room } from "../room.ts";

/** A worker of somebody's own source tells of a new revision: it starts the pipeline, unless it has run already. */
export const putActionRevision =
  (room: Room): Operation<"PutActionRevision"> =>
  async (ctx, { pipelineName, stageName, actionName, actionRevision }) => {
    const pipeline = findPipeline(room, ctx, pipelineName);
    const action = findAction(pipeline, stageName, actionName);
    if (action.actionTypeId.category !== "Source") throw invalid(`Action ${actionName} is not a source action`);
    const { revisionId } = actionRevision;
    const last = room.tables.executions.latestRun(pipelineName, stageName, actionName);
    const execution = last && room.tables.executions.get(last.executionId);
    const isKnown =
      execution && [execution.overrides[actionName], revisionOf(execution.revisions, actionName)].includes(revisionId);
    if (isKnown) return { newRevision: false, pipelineExecutionId: execution.id };
    checkConcurrency(room, pipeline);
    const begun = beginExecution(room, pipeline, {
      trigger: { type: "PutActionRevision", detail: revisionId },
      overrides: { [actionName]: revisionId },
    });
    return { newRevision: true, pipelineExecutionId: begun.id };
  };

const revisionOf = (
  revisions: readonly { readonly actionName: string; readonly revisionId: string }[],
  action: string,
) => revisions.find(({ actionName }) => actionName === action)?.revisionId;
