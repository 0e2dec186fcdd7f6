import { conditionKey } from "../../../engines/pipeline/model.ts";
import { checkConcurrency } from "../concurrency.ts";
import { conditionNotOverridable, notLatestExecution } from "../errors.ts";
import { findExecution, findPipeline, findStage } from "../find.ts";
import type { Operation, Room } from "../room.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_OverrideStageCondition.html */
export const overrideStageCondition =
  (room: Room): Operation<"OverrideStageCondition"> =>
  async (ctx, { pipelineName, stageName, pipelineExecutionId, conditionType }) => {
    const pipeline = findPipeline(room, ctx, pipelineName);
    findStage(pipeline, stageName);
    const execution = findExecution(room, pipeline, pipelineExecutionId);
    const { state, spec } = execution;
    const isLatest = room.tables.executions.latestIn(pipelineName, stageName) === execution.id;
    if (!isLatest && spec.executionMode !== "PARALLEL") throw notLatestExecution(stageName, execution.id);
    const run = execution.conditions?.[conditionKey(stageName, conditionType)];
    const isHere = "stage" in state && spec.stages[state.stage]?.name === stageName;
    const waits = state.status === "InProgress" && run?.status === "InProgress";
    const failed = state.status === "Failed" && (run?.status === "Failed" || run?.status === "Errored");
    if (!isHere || !(waits || failed))
      throw conditionNotOverridable(
        `The ${conditionType} condition of stage ${stageName} of pipeline execution ${execution.id} cannot be overridden: it ${run ? `is ${run.status}` : "was not evaluated"}`,
      );
    if (failed) checkConcurrency(room, pipeline);
    room.engine.override(execution, state.stage, conditionType);
    return {};
  };
