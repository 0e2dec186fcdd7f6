import type { Change } from "../../engines/pipeline/ports.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { endingLines } from "./ending.ts";
import { actionDetail, executionDetail, stageDetail } from "./eventDetails.ts";
import type { Tables } from "./records.ts";
import { sourceView } from "./sources.ts";
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
  const pipeline = change.execution.spec.name;
  const emitAs = (what: string, detail: JsonObject) =>
    emit("aws.codepipeline", `CodePipeline ${what} Execution State Change`, pipeline, detail);
  if (change.kind === "action") emitAs("Action", actionDetail(deps.region, change.execution, change.run));
  else if (change.kind === "stage") emitAs("Stage", stageDetail(change.execution, change.stage, change.state));
  else emitAs("Pipeline", executionDetail(deps, tables, change));
};

/** Our own event, for who follows a push: what came of it, or that a person is waited for. */
const tellEnd = async (deps: RoomDeps, tables: Tables, emit: Emit, change: Change): Promise<void> => {
  const { execution } = change;
  const detail = { pipeline: execution.spec.name, "execution-id": execution.id };
  if (change.kind === "action" && change.run.action.category === "Approval" && change.run.status === "InProgress") {
    const lines = [`  ${change.run.stageName} / ${change.run.action.name} waits for an approval`];
    emit("aloft.codepipeline", "Approval Needed", execution.spec.name, { ...detail, lines });
  }
  if (change.kind === "action" && change.run.action.category === "Source" && change.run.status === "Succeeded") {
    emit("aloft.codepipeline", "Source Taken", execution.spec.name, { ...detail, source: sourceView(change.run) });
    // Only now it is known which commit the run is of.
    await putStatuses(deps, execution);
  }
  if (change.kind !== "execution") return;
  const { status } = execution.state;
  await putStatuses(deps, execution);
  if (status === "InProgress" || status === "Stopping") return;
  const lines = await endingLines(deps, tables, execution);
  emit("aloft.codepipeline", "Execution Ended", execution.spec.name, { ...detail, status, lines: [...lines] });
};
