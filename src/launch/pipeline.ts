import {
  type ActionExecutionDetail,
  GetPipelineExecutionCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { logTail } from "./logTail.ts";
import { LaunchFailed, type Tell } from "./progress.ts";
import type { Clients } from "./target.ts";
import { pause } from "./wait.ts";

/** How one run of the pipeline went. */
export interface PipelineRun {
  readonly executionId: string;
  readonly status: string;
  readonly stages: readonly StageRun[];
  /** The first action that failed, and why. */
  readonly failure?: string;
  /** The end of that action's log, where it has one. */
  readonly log?: readonly string[];
}

export interface StageRun {
  readonly name: string;
  readonly status: string;
  readonly durationMs: number;
}

/** A new pipeline starts its first run by itself; this long it may take. */
const FIRST_RUN_TRIES = 500;

/** Follows a run, the newest when none is named, to its end, telling each action as it changes. */
export const followPipeline = async (
  clients: Clients,
  pipeline: string,
  tell: Tell,
  run?: string,
): Promise<PipelineRun> => {
  const executionId = run ?? (await newestRun(clients, pipeline));
  tell({ kind: "run", pipeline, id: executionId });
  const told = new Set<string>();
  while (true) {
    const { pipelineExecution } = await clients.codepipeline.send(
      new GetPipelineExecutionCommand({ pipelineName: pipeline, pipelineExecutionId: executionId }),
    );
    const actions = await actionsOf(clients, pipeline, executionId);
    for (const action of actions) tellAction(action, told, tell);
    const status = pipelineExecution?.status ?? "InProgress";
    if (status !== "InProgress" && status !== "Stopping")
      return { executionId, status, stages: stagesOf(actions), ...(await failureOf(clients, actions)) };
    await pause(clients.pollMs);
  }
};

/** The run to follow: the newest, or a new one where the newest failed. */
const newestRun = async ({ codepipeline, pollMs }: Clients, pipeline: string): Promise<string> => {
  for (let tries = 0; tries < FIRST_RUN_TRIES; tries++) {
    const page = await codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName: pipeline, maxResults: 1 }));
    const [newest] = page.pipelineExecutionSummaries ?? [];
    if (newest?.pipelineExecutionId && !GAVE_UP.has(newest.status ?? "")) return newest.pipelineExecutionId;
    if (newest) {
      const started = await codepipeline.send(new StartPipelineExecutionCommand({ name: pipeline }));
      return started.pipelineExecutionId ?? "";
    }
    await pause(pollMs);
  }
  throw new LaunchFailed(`The pipeline ${pipeline} has not started a run.`, "aloft status");
};

/** Ends of a run after which launching again means to try again. */
const GAVE_UP = new Set(["Failed", "Stopped", "Cancelled"]);

const actionsOf = async ({ codepipeline }: Clients, pipelineName: string, pipelineExecutionId: string) => {
  const actions: ActionExecutionDetail[] = [];
  let nextToken: string | undefined;
  do {
    const page = await codepipeline.send(
      new ListActionExecutionsCommand({
        pipelineName,
        filter: { pipelineExecutionId },
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    actions.push(...(page.actionExecutionDetails ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  // AWS lists the newest first.
  return actions.reverse();
};

const failureOf = async (
  clients: Clients,
  actions: readonly ActionExecutionDetail[],
): Promise<Pick<PipelineRun, "failure" | "log">> => {
  const failed = actions.find(({ status }) => status === "Failed");
  if (!failed) return {};
  return {
    failure: `${failed.stageName} / ${failed.actionName}: ${reasonOf(failed) ?? "no reason given"}`,
    log: await logTail(clients, failed.output?.executionResult?.logStreamARN),
  };
};

const reasonOf = ({ output }: ActionExecutionDetail): string | undefined =>
  output?.executionResult?.errorDetails?.message ?? output?.executionResult?.externalExecutionSummary;

const tellAction = (detail: ActionExecutionDetail, told: Set<string>, tell: Tell): void => {
  const key = `${detail.actionExecutionId} ${detail.status}`;
  if (told.has(key)) return;
  told.add(key);
  const ended = detail.status !== "InProgress";
  tell({
    kind: "action",
    stage: detail.stageName ?? "",
    action: detail.actionName ?? "",
    status: detail.status ?? "",
    durationMs: ended ? Number(detail.lastUpdateTime) - Number(detail.startTime) : undefined,
    summary: reasonOf(detail),
    needsApproval: !ended && detail.input?.actionTypeId?.category === "Approval",
  });
};

const stagesOf = (actions: readonly ActionExecutionDetail[]): readonly StageRun[] => {
  const names = [...new Set(actions.map(({ stageName }) => stageName ?? ""))];
  return names.map((name) => {
    const own = actions.filter(({ stageName }) => stageName === name);
    const start = Math.min(...own.map(({ startTime }) => Number(startTime)));
    const end = Math.max(...own.map(({ lastUpdateTime }) => Number(lastUpdateTime)));
    const failed = own.find(({ status }) => status !== "Succeeded");
    return { name, status: failed?.status ?? "Succeeded", durationMs: end - start };
  });
};
