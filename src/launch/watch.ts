import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetPipelineStateCommand } from "@aws-sdk/client-codepipeline";
import { describeRun, listRuns, pipelineNames, type RunAction } from "./runs.ts";
import { type Clients, clientsFor, type Target } from "./target.ts";

/** A pipeline and its newest run, as of now. */
export interface LivePipeline {
  readonly name: string;
  /** Absent until the first run. */
  readonly run?: { readonly id: string; readonly status: string; readonly startedAt: number; readonly message: string };
  readonly stages: readonly LiveStage[];
}

export interface LiveStage {
  readonly name: string;
  readonly actions: readonly LiveAction[];
}

export interface LiveAction {
  readonly name: string;
  /** As AWS has it, or `Waiting` for one whose turn has not come. */
  readonly status: string;
  readonly startedAt?: number;
  readonly durationMs?: number;
  /** Why it failed. */
  readonly reason?: string;
  /** Set while a person is waited for. */
  readonly needsApproval?: true;
  /** What its build printed last, while it runs. */
  readonly logLine?: string;
}

/** Reads pipelines again and again. */
export interface Watch {
  look(): Promise<readonly LivePipeline[]>;
}

export const createWatch = (target: Target, only: string | undefined): Watch => {
  const clients = clientsFor(target);
  const { region, endpoint, credentials } = target;
  const logs = new CloudWatchLogsClient({
    region,
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
  });
  return {
    look: async () => {
      const names = only === undefined ? await pipelineNames(clients) : [only];
      return Promise.all(names.map((name) => lookAt(clients, logs, name)));
    },
  };
};

const lookAt = async (clients: Clients, logs: CloudWatchLogsClient, name: string): Promise<LivePipeline> => {
  const { stageStates = [] } = await clients.codepipeline.send(new GetPipelineStateCommand({ name }));
  const [newest] = await listRuns(clients, name, 1);
  const run = newest && (await describeRun(clients, newest));
  const stages = await Promise.all(
    stageStates.map(async ({ stageName = "", actionStates = [] }) => ({
      name: stageName,
      actions: await Promise.all(
        actionStates.map(({ actionName = "" }) =>
          liveAction(
            logs,
            actionName,
            run?.actions.findLast(({ stage, action }) => stage === stageName && action === actionName),
          ),
        ),
      ),
    })),
  );
  if (!run) return { name, stages };
  const { id, status, startedAt, message } = run;
  return { name, run: { id, status, startedAt, message }, stages };
};

const liveAction = async (
  logs: CloudWatchLogsClient,
  name: string,
  action: RunAction | undefined,
): Promise<LiveAction> => {
  if (!action) return { name, status: "Waiting" };
  const { status, startedAt, durationMs } = action;
  if (status !== "InProgress") {
    const reason = status === "Failed" ? (action.error ?? action.summary) : undefined;
    return { name, status, startedAt, durationMs, ...(reason ? { reason } : {}) };
  }
  if (action.provider === "Manual") return { name, status, startedAt, needsApproval: true };
  const project = action.configuration["ProjectName"];
  const logLine = project === undefined ? undefined : await lastLine(logs, `/aws/codebuild/${project}`);
  return { name, status, startedAt, ...(logLine ? { logLine } : {}) };
};

/** Differs: a build whose project logs to another group, or nowhere, shows none. */
const lastLine = async (logs: CloudWatchLogsClient, logGroupName: string): Promise<string | undefined> => {
  try {
    const { logStreams = [] } = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName, orderBy: "LastEventTime", descending: true, limit: 1 }),
    );
    const logStreamName = logStreams[0]?.logStreamName;
    if (logStreamName === undefined) return undefined;
    const { events = [] } = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 1 }));
    return events.at(-1)?.message?.trim();
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

/** Whether a run is under way. */
export const isUnderWay = ({ run }: LivePipeline): boolean =>
  run?.status === "InProgress" || run?.status === "Stopping";
