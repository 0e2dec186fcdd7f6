import {
  type ActionExecutionDetail,
  GetPipelineExecutionCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  type PipelineExecutionSummary,
} from "@aws-sdk/client-codepipeline";
import { digestOf, type Lineage, lineageOf, type RunArtifact } from "./lineage.ts";
import { LaunchFailed } from "./progress.ts";
import type { Clients } from "./target.ts";

/** One run of a pipeline, in one line. */
export interface RunSummary {
  readonly pipeline: string;
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly trigger: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly revisions: Readonly<Record<string, string>>;
  /** The first line of what its commit says. */
  readonly message: string;
}

/** All that a run took, did and left. */
export interface RunDetail extends RunSummary {
  readonly variables: Readonly<Record<string, string>>;
  /** In the order they began. */
  readonly actions: readonly TracedAction[];
}

/** An action with what is known of where its inputs come from. */
export interface TracedAction extends RunAction {
  readonly inputs: readonly (RunArtifact & Lineage)[];
}

export interface RunAction {
  readonly id: string;
  readonly stage: string;
  readonly action: string;
  readonly provider: string;
  readonly status: string;
  readonly startedAt: number;
  readonly durationMs: number;
  /** With its variables resolved. */
  readonly configuration: Readonly<Record<string, string>>;
  readonly inputs: readonly RunArtifact[];
  readonly outputs: readonly RunArtifact[];
  readonly outputVariables: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly error?: string;
  readonly logStreamArn?: string;
}

/** Pages read in search of a run; AWS keeps a year of them. */
const MAX_PAGES = 100;

/** The runs of a pipeline, the newest first. */
export const listRuns = async (clients: Clients, pipeline: string, limit: number): Promise<readonly RunSummary[]> => {
  const runs: RunSummary[] = [];
  for await (const summary of summaries(clients, pipeline)) {
    if (runs.length === limit) break;
    runs.push(summaryOf(pipeline, summary));
  }
  return runs;
};

/** The run whose id begins so; the newest of the first pipeline when none is named. Throws LaunchFailed. */
export const findRun = async (
  clients: Clients,
  wanted: string | undefined,
  pipeline: string | undefined,
): Promise<RunSummary> => {
  for (const name of pipeline === undefined ? await pipelineNames(clients) : [pipeline]) {
    for await (const summary of summaries(clients, name)) {
      if (wanted === undefined || summary.pipelineExecutionId?.startsWith(wanted)) return summaryOf(name, summary);
    }
  }
  throw new LaunchFailed(
    wanted === undefined ? "No pipeline has run yet." : `There is no run ${wanted}.`,
    wanted === undefined ? "aloft launch" : "aloft runs",
  );
};

export const pipelineNames = async ({ codepipeline }: Clients): Promise<readonly string[]> => {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await codepipeline.send(new ListPipelinesCommand(nextToken ? { nextToken } : {}));
    names.push(...(page.pipelines ?? []).map(({ name = "" }) => name));
    nextToken = page.nextToken;
  } while (nextToken);
  return names;
};

export const describeRun = async (clients: Clients, run: RunSummary): Promise<RunDetail> => {
  const { pipelineExecution } = await clients.codepipeline.send(
    new GetPipelineExecutionCommand({ pipelineName: run.pipeline, pipelineExecutionId: run.id }),
  );
  const variables = (pipelineExecution?.variables ?? []).map(({ name = "", resolvedValue = "" }) => [
    name,
    resolvedValue,
  ]);
  const actions = await actionsOf(clients, run);
  return { ...run, variables: Object.fromEntries(variables), actions: await traced(clients, run, actions) };
};

const traced = (clients: Clients, { revisions }: RunSummary, actions: readonly RunAction[]) => {
  const lineage = lineageOf(actions, revisions);
  const trace = async (taken: RunArtifact) => {
    const digest = await digestOf(clients, taken);
    return { ...taken, ...lineage(taken), ...(digest === undefined ? {} : { digest }) };
  };
  return Promise.all(
    actions.map(
      async (action): Promise<TracedAction> => ({
        ...action,
        inputs: await Promise.all(action.inputs.map(trace)),
      }),
    ),
  );
};

async function* summaries({ codepipeline }: Clients, pipelineName: string): AsyncIterable<PipelineExecutionSummary> {
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const found = await codepipeline.send(
      new ListPipelineExecutionsCommand({ pipelineName, ...(nextToken ? { nextToken } : {}) }),
    );
    yield* found.pipelineExecutionSummaries ?? [];
    nextToken = found.nextToken;
    if (!nextToken) return;
  }
}

const summaryOf = (pipeline: string, summary: PipelineExecutionSummary): RunSummary => {
  const { sourceRevisions = [], trigger, startTime, lastUpdateTime } = summary;
  return {
    pipeline,
    id: summary.pipelineExecutionId ?? "",
    status: summary.status ?? "",
    type: summary.executionType ?? "STANDARD",
    trigger: trigger?.triggerType ?? "",
    startedAt: Number(startTime),
    durationMs: Number(lastUpdateTime) - Number(startTime),
    revisions: Object.fromEntries(
      sourceRevisions.map(({ actionName = "", revisionId = "" }) => [actionName, revisionId]),
    ),
    message: messageOf(sourceRevisions[0]?.revisionSummary ?? ""),
  };
};

/** Connections give the commit's message within JSON. */
const messageOf = (summary: string): string => {
  const [, quoted] = /"CommitMessage":("(?:[^"\\]|\\.)*")/.exec(summary) ?? [];
  const text: string = quoted === undefined ? summary : JSON.parse(quoted);
  return text.split("\n")[0] ?? "";
};

const actionsOf = async ({ codepipeline }: Clients, run: RunSummary): Promise<readonly RunAction[]> => {
  const actions: RunAction[] = [];
  let nextToken: string | undefined;
  do {
    const page = await codepipeline.send(
      new ListActionExecutionsCommand({
        pipelineName: run.pipeline,
        filter: { pipelineExecutionId: run.id },
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    actions.push(...(page.actionExecutionDetails ?? []).map(actionOf));
    nextToken = page.nextToken;
  } while (nextToken);
  // AWS lists the newest first.
  return actions.reverse();
};

const actionOf = ({ input, output, ...detail }: ActionExecutionDetail): RunAction => {
  const { externalExecutionSummary, errorDetails, logStreamARN } = output?.executionResult ?? {};
  return {
    id: detail.actionExecutionId ?? "",
    stage: detail.stageName ?? "",
    action: detail.actionName ?? "",
    provider: input?.actionTypeId?.provider ?? "",
    status: detail.status ?? "",
    startedAt: Number(detail.startTime),
    durationMs: Number(detail.lastUpdateTime) - Number(detail.startTime),
    configuration: input?.resolvedConfiguration ?? input?.configuration ?? {},
    inputs: (input?.inputArtifacts ?? []).map(artifactOf),
    outputs: (output?.outputArtifacts ?? []).map(artifactOf),
    outputVariables: output?.outputVariables ?? {},
    summary: externalExecutionSummary ?? "",
    ...(errorDetails?.message === undefined ? {} : { error: errorDetails.message }),
    ...(logStreamARN === undefined ? {} : { logStreamArn: logStreamARN }),
  };
};

const artifactOf = ({
  name = "",
  s3location,
}: {
  name?: string | undefined;
  s3location?: { bucket?: string | undefined; key?: string | undefined } | undefined;
}): RunArtifact => ({ name, bucket: s3location?.bucket ?? "", key: s3location?.key ?? "" });
