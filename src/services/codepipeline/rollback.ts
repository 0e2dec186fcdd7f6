import type { Execution } from "../../engines/pipeline/model.ts";
import { beginRollback } from "./begin.ts";
import type { PipelineRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** How far back a run that succeeded in a stage is looked for. */
const MAX_LOOKED_AT = 1000;

/** Whether a run may be what a stage is brought back to: it succeeded there, in the pipeline's present structure. */
export const isRollbackTarget = (execution: Execution, { version }: PipelineRecord, stage: string): boolean =>
  !execution.rollback && execution.spec.version === version && execution.outcomes?.[stage] === "Succeeded";

/**
 * AWS: when a stage fails that says so, it is brought back to the last run that succeeded there; where there is none,
 * the stage stays failed.
 */
export const rollBackStage = (room: Room, failed: Execution, stage: string): void => {
  const pipeline = room.tables.pipelines.get(failed.spec.name);
  if (!pipeline) return;
  let looked = 0;
  for (const execution of room.tables.executions.newestFirst(pipeline.name)) {
    if (++looked > MAX_LOOKED_AT) return;
    if (execution.id === failed.id || !isRollbackTarget(execution, pipeline, stage)) continue;
    const detail = JSON.stringify({ FailedPipelineExecutionId: failed.id });
    beginRollback(room, stage, execution, { type: "AutomatedRollback", detail });
    return;
  }
};
