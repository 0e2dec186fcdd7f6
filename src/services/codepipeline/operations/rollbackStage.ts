import { beginRollback } from "../begin.ts";
import { executionOutdated, unableToRollBack } from "../errors.ts";
import { findExecution, findPipeline, findStage } from "../find.ts";
import { isRollbackTarget } from "../rollback.ts";
import type { Operation, Room } from "../room.ts";
import { initiator } from "./pipelines.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html */
export const rollbackStage =
  (room: Room): Operation<"RollbackStage"> =>
  async (ctx, { pipelineName, stageName, targetPipelineExecutionId }) => {
    const pipeline = findPipeline(room, ctx, pipelineName);
    const stage = findStage(pipeline, stageName);
    const target = findExecution(room, pipeline, targetPipelineExecutionId);
    if (pipeline.declaration.stages[0] === stage)
      throw unableToRollBack(`Stage ${stageName} cannot be rolled back: it is the source stage`);
    if (pipeline.declaration.executionMode === "PARALLEL")
      throw unableToRollBack(
        `Stage ${stageName} cannot be rolled back: the execution mode of the pipeline is PARALLEL`,
      );
    if (target.rollback)
      throw unableToRollBack(`Pipeline execution ${target.id} is a rollback, and cannot be rolled back to`);
    if (target.spec.version !== pipeline.version) throw executionOutdated(target.id);
    if (!isRollbackTarget(target, pipeline, stageName))
      throw unableToRollBack(`Pipeline execution ${target.id} has not succeeded in stage ${stageName}`);
    const latest = room.tables.executions.latestIn(pipelineName, stageName);
    const state = latest === undefined ? undefined : room.tables.executions.get(latest)?.state;
    const isBusy = state && "since" in state && pipeline.declaration.stages[state.stage]?.name === stageName;
    if (isBusy) throw unableToRollBack(`Stage ${stageName} is in progress and cannot be rolled back`);
    const execution = beginRollback(room, stageName, target, { type: "ManualRollback", detail: initiator(ctx) });
    return { pipelineExecutionId: execution.id };
  };
