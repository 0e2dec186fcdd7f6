import { call, type Output } from "../../api/call.ts";
import { allPages } from "../../api/pages.ts";
import { timeOf } from "../../parts/time.tsx";

export type Declaration = NonNullable<Output<"codepipeline", "GetPipeline">["pipeline"]>;
export type RunSummary = NonNullable<
  Output<"codepipeline", "ListPipelineExecutions">["pipelineExecutionSummaries"]
>[number];
export type ActionRun = NonNullable<Output<"codepipeline", "ListActionExecutions">["actionExecutionDetails"]>[number];
export type StageState = NonNullable<Output<"codepipeline", "GetPipelineState">["stageStates"]>[number];

const MAX_PAGE = 100;

export const runsOf = (pipelineName: string): Promise<readonly RunSummary[]> =>
  allPages("codepipeline", "ListPipelineExecutions", { pipelineName, maxResults: MAX_PAGE }, (page) => ({
    items: page.pipelineExecutionSummaries,
    next: page.nextToken ? { nextToken: page.nextToken } : undefined,
  }));

export const latestRuns = async (pipelineName: string, maxResults: number): Promise<readonly RunSummary[]> =>
  (await call("codepipeline", "ListPipelineExecutions", { pipelineName, maxResults })).pipelineExecutionSummaries ?? [];

export const actionsOf = (pipelineName: string, pipelineExecutionId: string): Promise<readonly ActionRun[]> =>
  allPages(
    "codepipeline",
    "ListActionExecutions",
    { pipelineName, filter: { pipelineExecutionId }, maxResults: MAX_PAGE },
    (page) => ({
      items: page.actionExecutionDetails,
      next: page.nextToken ? { nextToken: page.nextToken } : undefined,
    }),
  );

/** The id of the trace that a run's calls belong to; the cloud works it out in the same way. */
export const traceOfRun = ({ pipelineExecutionId = "", startTime }: RunSummary): string => {
  const seconds = Math.floor((timeOf(startTime) ?? 0) / 1000);
  return `1-${seconds.toString(16)}-${pipelineExecutionId.replaceAll("-", "").slice(-24)}`;
};

/** A commit's message, as each kind of source tells it. */
export const messageOf = (run: RunSummary | undefined): string => {
  const summary = run?.sourceRevisions?.[0]?.revisionSummary ?? "";
  if (!summary.startsWith("{")) return summary.split("\n")[0] ?? "";
  try {
    return String(JSON.parse(summary).CommitMessage ?? "").split("\n")[0] ?? "";
  } catch {
    // Not the JSON of a connection's source: shown as it is.
    return summary;
  }
};

export const commitOf = (run: RunSummary | undefined): string =>
  (run?.sourceRevisions?.[0]?.revisionId ?? "").slice(0, 8);

/** From the commit's arrival to its end, for runs that ended. */
export const tookMs = (run: RunSummary): number | undefined => {
  const [start, end] = [timeOf(run.startTime), timeOf(run.lastUpdateTime)];
  return start === undefined || end === undefined || isRunning(run.status) ? undefined : end - start;
};

export const isRunning = (status: string | undefined): boolean => status === "InProgress" || status === "Stopping";

/** The middle one of the last successful runs. */
export const timeToProduction = (runs: readonly RunSummary[]): number | undefined => {
  const times = runs
    .filter(({ status }) => status === "Succeeded")
    .flatMap((run) => tookMs(run) ?? [])
    .slice(0, 10)
    .sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)];
};

/** `OWNER/NAME` of the repository a pipeline's source action names. */
export const repositoryOf = (declaration: Declaration | undefined): string | undefined => {
  const configuration = declaration?.stages?.[0]?.actions?.[0]?.configuration ?? {};
  if (configuration["FullRepositoryId"]) return configuration["FullRepositoryId"];
  return configuration["Owner"] && configuration["Repo"]
    ? `${configuration["Owner"]}/${configuration["Repo"]}`
    : undefined;
};
