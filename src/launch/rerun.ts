import { RetryStageExecutionCommand, RollbackStageCommand } from "@aws-sdk/client-codepipeline";
import { LaunchFailed } from "./progress.ts";
import type { RunDetail } from "./runs.ts";
import type { Clients } from "./target.ts";

/** What was set going: the same run again, or a new one that runs a stage with what the old one brought there. */
export interface Rerun {
  readonly pipeline: string;
  readonly id: string;
  readonly stage: string;
  readonly kind: "retry" | "rollback";
}

/** Where to begin again. */
export interface RerunWish {
  readonly stage?: string | undefined;
  /** An action of that stage, or of the one that has it. */
  readonly action?: string | undefined;
  /** Every action of the stage, not the failed ones alone. */
  readonly all: boolean;
}

/** Runs a run again from a stage: one that failed there goes on, one that passed it runs the stage anew. Throws LaunchFailed. */
export const rerun = async ({ codepipeline }: Clients, run: RunDetail, wish: RerunWish): Promise<Rerun> => {
  const { pipeline, id } = run;
  const last = run.actions.at(-1);
  const failed = run.actions.findLast(({ status }) => status === "Failed" || status === "Abandoned");
  const named = run.actions.findLast(({ action, stage }) => action === wish.action && stage === (wish.stage ?? stage));
  if (wish.action !== undefined && !named)
    throw new LaunchFailed(`The run ${id} has no action ${wish.action}.`, `aloft runs ${id}`);
  if (!last) throw new LaunchFailed(`The run ${id} has run no action yet.`, `aloft runs ${id}`);
  const stopped = run.status === "Failed" || run.status === "Stopped";
  const stage = wish.stage ?? named?.stage ?? failed?.stage ?? (stopped ? last.stage : undefined);
  if (stage === undefined)
    throw new LaunchFailed(
      `Nothing has failed in the run ${id.slice(0, 8)}: name the stage to run again.`,
      `aloft retry ${id.slice(0, 8)} --stage ${last.stage}`,
    );
  if (stopped && stage === last.stage) {
    // An action that did not fail is run again only with its whole stage.
    const retryMode = wish.all || (named && named.status === "Succeeded") ? "ALL_ACTIONS" : "FAILED_ACTIONS";
    await codepipeline.send(
      new RetryStageExecutionCommand({ pipelineName: pipeline, stageName: stage, pipelineExecutionId: id, retryMode }),
    );
    return { pipeline, id, stage, kind: "retry" };
  }
  const { pipelineExecutionId = "" } = await codepipeline.send(
    new RollbackStageCommand({ pipelineName: pipeline, stageName: stage, targetPipelineExecutionId: id }),
  );
  return { pipeline, id: pipelineExecutionId, stage, kind: "rollback" };
};
