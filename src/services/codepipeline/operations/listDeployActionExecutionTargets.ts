import { actionExecutionNotFound } from "../errors.ts";
import { findPipeline } from "../find.ts";
import type { Operation, Room } from "../room.ts";

/**
 * Targets are the instances of a deploy action; of the providers that are built here none has any.
 * https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListDeployActionExecutionTargets.html
 */
export const listDeployActionExecutionTargets =
  (room: Room): Operation<"ListDeployActionExecutionTargets"> =>
  async (ctx, { pipelineName, actionExecutionId }) => {
    if (pipelineName !== undefined) findPipeline(room, ctx, pipelineName);
    const run = room.tables.executions.run(actionExecutionId);
    const isIts = run?.action.category === "Deploy" && run.pipelineName === (pipelineName ?? run.pipelineName);
    if (!isIts) throw actionExecutionNotFound(actionExecutionId);
    return { targets: [] };
  };
