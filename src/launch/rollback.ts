import { GetPipelineCommand, RollbackStageCommand } from "@aws-sdk/client-codepipeline";
import { LaunchFailed } from "./progress.ts";
import type { Rerun } from "./rerun.ts";
import { findRun, listRuns, type RunSummary } from "./runs.ts";
import type { Clients } from "./target.ts";

/** Where to go back to; what stays open is the last stage, and the run that succeeded before the newest. */
export interface RollbackWish {
  readonly run?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly stage?: string | undefined;
}

/** How far back a run to return to is looked for. */
const MAX_RUNS = 200;

/** Runs a stage again with what an earlier run brought there. Throws LaunchFailed when there is none to go back to. */
export const rollback = async (clients: Clients, wish: RollbackWish): Promise<Rerun & { readonly target: string }> => {
  const target =
    wish.run === undefined ? await runBefore(clients, wish.pipeline) : await findRun(clients, wish.run, wish.pipeline);
  const { pipeline } = target;
  const stage = wish.stage ?? (await lastStage(clients, pipeline));
  const { pipelineExecutionId = "" } = await clients.codepipeline.send(
    new RollbackStageCommand({ pipelineName: pipeline, stageName: stage, targetPipelineExecutionId: target.id }),
  );
  return { pipeline, id: pipelineExecutionId, stage, kind: "rollback", target: target.id };
};

const runBefore = async (clients: Clients, wanted: string | undefined): Promise<RunSummary> => {
  const { pipeline } = await findRun(clients, undefined, wanted);
  const good = (await listRuns(clients, pipeline, MAX_RUNS)).filter(
    // AWS: a rollback cannot be gone back to.
    ({ status, type }) => status === "Succeeded" && type !== "ROLLBACK",
  );
  const [newest] = await listRuns(clients, pipeline, 1);
  const before = good.find(({ id }) => id !== newest?.id && (newest?.type !== "ROLLBACK" || id !== good[0]?.id));
  if (before === undefined)
    throw new LaunchFailed(
      `No earlier run of ${pipeline} has succeeded, so there is none to go back to.`,
      "aloft runs",
    );
  return before;
};

const lastStage = async ({ codepipeline }: Clients, name: string): Promise<string> =>
  (await codepipeline.send(new GetPipelineCommand({ name }))).pipeline?.stages?.at(-1)?.name ?? "";
