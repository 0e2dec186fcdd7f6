import type { ActionRun, Execution } from "../../engines/pipeline/model.ts";
import type { Change, StageEvent } from "../../engines/pipeline/ports.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { failureOf } from "./failure.ts";
import { triggeringCommit } from "./gitTrigger.ts";
import type { Tables } from "./records.ts";

type ExecutionChange = Extract<Change, { readonly kind: "execution" }>;

export const executionDetail = (deps: RoomDeps, tables: Tables, change: ExecutionChange): JsonObject => {
  const { execution, before } = change;
  const { state } = execution;
  const isResumed = before && before.state.status !== "InProgress" && state.status === "InProgress";
  return {
    ...base(execution),
    state: isResumed ? "RESUMED" : (STATES[state.status] ?? "STARTED"),
    ...triggerMember(tables, change),
    ...(state.status === "Stopping" ? { "stop-execution-comments": state.reason } : {}),
    // Differs: what notifications of a failure have to say stands in the event itself, too.
    ...(state.status === "Failed" ? { failure: { ...failureOf(deps, tables, execution) } } : {}),
  };
};

/** AWS: what began an execution is told at its start, and the commit that triggered it at its end. */
const triggerMember = (tables: Tables, { execution, before }: ExecutionChange): JsonObject => {
  const { trigger, state } = execution;
  if (!before) return { "execution-trigger": { "trigger-type": trigger.type, "trigger-detail": trigger.detail } };
  const hasCome = state.status === "Succeeded" || state.status === "Failed";
  const commit = hasCome ? triggeringCommit(execution, tables.executions.runs(execution)) : undefined;
  return commit ? { "execution-trigger": commit } : {};
};

export const stageDetail = (execution: Execution, stage: string, state: StageEvent): JsonObject => {
  const retriedAt = execution.retries?.[stage]?.latestAt;
  return {
    ...base(execution),
    ...(retriedAt === undefined ? {} : { "stage-last-retry-attempt-time": new Date(retriedAt).toISOString() }),
    stage,
    state,
  };
};

const STATES: Readonly<Record<string, string>> = {
  InProgress: "STARTED",
  Stopping: "STOPPING",
  Stopped: "STOPPED",
  Failed: "FAILED",
  Succeeded: "SUCCEEDED",
  Superseded: "SUPERSEDED",
  Cancelled: "CANCELED",
};

const attemptsOf = (retries: Execution["retries"] = {}): number =>
  Object.values(retries).reduce((sum, { auto, manual }) => sum + auto + manual, 1);

const base = ({ spec, id, startedAt, retries }: Execution): JsonObject => ({
  pipeline: spec.name,
  "execution-id": id,
  "start-time": new Date(startedAt).toISOString(),
  version: spec.version,
  "pipeline-execution-attempt": attemptsOf(retries),
});

export const actionDetail = (region: string, execution: Execution, run: ActionRun): JsonObject => {
  const { action } = run;
  const summary = run.error?.message ?? run.summary;
  return {
    ...base(execution),
    // AWS: of an action it is its own start.
    "start-time": new Date(run.startedAt).toISOString(),
    stage: run.stageName,
    action: action.name,
    "action-execution-id": run.id,
    // AWS: its API has no such status of an action, only its events have.
    state:
      execution.state.status === "Cancelled" && run.status === "Abandoned" ? "CANCELED" : ACTION_STATES[run.status],
    region: action.region ?? region,
    type: { owner: action.owner, provider: action.provider, category: action.category, version: action.version },
    ...artifactsDetail("input-artifacts", run.status === "InProgress" ? run.inputs : []),
    ...artifactsDetail("output-artifacts", run.outputs),
    ...(run.status === "InProgress" || run.status === "Abandoned"
      ? {}
      : {
          "execution-result": {
            "external-execution-url": run.external?.url ?? "",
            "external-execution-summary": summary ?? "",
            "external-execution-id": run.external?.id ?? "",
            ...(run.error ? { "error-code": run.error.code } : {}),
          },
        }),
  };
};

/** AWS: what an action takes is told when it starts, what it gives when it has succeeded; nothing of none. */
const artifactsDetail = (name: string, list: ActionRun["inputs"]): JsonObject =>
  list.length === 0
    ? {}
    : { [name]: list.map(({ name: of, bucket, key }) => ({ name: of, s3location: { bucket, key } })) };

const ACTION_STATES: Readonly<Record<ActionRun["status"], string>> = {
  InProgress: "STARTED",
  Succeeded: "SUCCEEDED",
  Failed: "FAILED",
  Abandoned: "ABANDONED",
};
