import type { ActionRun, Execution } from "../../engines/pipeline/model.ts";
import type { Change } from "../../engines/pipeline/ports.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { endingLines } from "./ending.ts";
import { failureOf } from "./failure.ts";
import type { Tables } from "./records.ts";
import { putStatuses } from "./statuses.ts";
import { tellTrace } from "./traces.ts";

type Emit = (source: string, detailType: string, pipeline: string, detail: JsonObject) => void;

/**
 * Emits CodePipeline's events in the order of the changes, each once it is durable.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 */
export const createAnnouncer = (deps: RoomDeps, tables: Tables): ((change: Change) => void) => {
  const waiting: Change[] = [];
  let draining = false;
  const emit: Emit = (source, detailType, pipeline, detail) =>
    deps.events.emit({
      id: deps.ids.uuid(),
      time: deps.clock.now(),
      source,
      detailType,
      account: deps.account,
      region: deps.region,
      resources: [`arn:${deps.partition}:codepipeline:${deps.region}:${deps.account}:${pipeline}`],
      detail,
    });
  const drain = async () => {
    try {
      for (let change = waiting.shift(); change; change = waiting.shift()) {
        await deps.records.committed();
        emitChange(deps, tables, emit, change);
        await tellEnd(deps, tables, emit, change);
      }
    } finally {
      draining = false;
    }
  };
  return (change) => {
    tellTrace(deps, change);
    waiting.push(change);
    if (draining) return;
    draining = true;
    deps.tasks.spawn("announce pipelines", drain);
  };
};

const emitChange = (deps: RoomDeps, tables: Tables, emit: Emit, change: Change): void => {
  const { execution } = change;
  const pipeline = execution.spec.name;
  if (change.kind === "action") {
    emit(
      "aws.codepipeline",
      "CodePipeline Action Execution State Change",
      pipeline,
      actionDetail(execution, change.run),
    );
  } else if (change.kind === "stage") {
    const detail = { ...base(execution), stage: change.stage, state: change.state };
    emit("aws.codepipeline", "CodePipeline Stage Execution State Change", pipeline, detail);
  } else {
    const state =
      change.before && change.before.state.status !== "InProgress" && execution.state.status === "InProgress"
        ? "RESUMED"
        : undefined;
    const { trigger, state: now } = execution;
    const detail = {
      ...base(execution),
      state: state ?? STATES[now.status] ?? "STARTED",
      ...(change.before
        ? {}
        : { "execution-trigger": { "trigger-type": trigger.type, "trigger-detail": trigger.detail } }),
      ...(now.status === "Stopping" ? { "stop-execution-comments": now.reason } : {}),
      // Differs: what notifications of a failure have to say stands in the event itself, too.
      ...(execution.state.status === "Failed" ? { failure: { ...failureOf(deps, tables, execution) } } : {}),
    };
    emit("aws.codepipeline", "CodePipeline Pipeline Execution State Change", pipeline, detail);
  }
};

/** Our own event, for who follows a push: what came of it, or that a person is waited for. */
const tellEnd = async (deps: RoomDeps, tables: Tables, emit: Emit, change: Change): Promise<void> => {
  const { execution } = change;
  const detail = { pipeline: execution.spec.name, "execution-id": execution.id };
  if (change.kind === "action" && change.run.action.category === "Approval" && change.run.status === "InProgress") {
    const lines = [`  ${change.run.stageName} / ${change.run.action.name} waits for an approval`];
    emit("aloft.codepipeline", "Approval Needed", execution.spec.name, { ...detail, lines });
  }
  // Only now it is known which commit the run is of.
  if (change.kind === "action" && change.run.action.category === "Source" && change.run.status === "Succeeded")
    await putStatuses(deps, execution);
  if (change.kind !== "execution") return;
  const { status } = execution.state;
  await putStatuses(deps, execution);
  if (status === "InProgress" || status === "Stopping") return;
  const lines = await endingLines(deps, tables, execution);
  emit("aloft.codepipeline", "Execution Ended", execution.spec.name, { ...detail, status, lines: [...lines] });
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

const actionDetail = (execution: Execution, run: ActionRun): JsonObject => {
  const { action } = run;
  const summary = run.error?.message ?? run.summary;
  return {
    ...base(execution),
    stage: run.stageName,
    action: action.name,
    "action-execution-id": run.id,
    // AWS: its API has no such status of an action, only its events have.
    state:
      execution.state.status === "Cancelled" && run.status === "Abandoned" ? "CANCELED" : ACTION_STATES[run.status],
    region: action.region ?? null,
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
