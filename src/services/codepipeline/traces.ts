import type { ActionRun, Execution } from "../../engines/pipeline/model.ts";
import type { Change } from "../../engines/pipeline/ports.ts";
import { hasEnded } from "../../engines/pipeline/transitions.ts";
import { namedError } from "../../kernel/errors.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { segmentOf, traceOfWork, within } from "../../kernel/traceId.ts";
import { type Room, SERVICE_PRINCIPAL } from "./room.ts";

/** The trace of a run: whoever knows the run, the console too, can tell its id. */
export const traceOfRun = ({ id, startedAt }: Execution): string => traceOfWork(id, startedAt);

/** Gives runs and their actions their bars in the run's trace, from their beginning on. */
export const tellTrace = (deps: RoomDeps, change: Change): void => {
  if (change.kind === "execution") tellRun(deps, change.execution);
  if (change.kind === "action") tellAction(deps, change.execution, change.run);
};

/** The same for a run that is taken up again, with those of its actions that are under way. */
export const tellUnderWay = ({ deps, tables }: Room, execution: Execution): void => {
  tellRun(deps, execution);
  for (const run of tables.executions.runs(execution))
    if (run.status === "InProgress") tellAction(deps, execution, run);
};

const tellRun = (deps: RoomDeps, execution: Execution): void => {
  const { id, spec, startedAt, state, statusSummary = "A stage failed." } = execution;
  const part = {
    ...told(deps, spec.name),
    operation: `Run ${spec.name}`,
    requestId: id,
    traceId: traceOfRun(execution),
    segment: segmentOf(id),
    startedAt,
  };
  if (!hasEnded(execution)) deps.begun(part);
  else
    deps.served({
      ...part,
      ...(state.status === "Failed" ? { error: namedError("ExecutionFailed", statusSummary) } : {}),
    });
};

const tellAction = (deps: RoomDeps, execution: Execution, run: ActionRun): void => {
  const part = {
    ...told(deps, run.pipelineName),
    operation: `${run.stageName} / ${run.action.name}`,
    requestId: run.id,
    traceId: within(traceOfRun(execution), segmentOf(execution.id)),
    segment: segmentOf(run.id),
    startedAt: run.startedAt,
  };
  if (run.status === "InProgress") deps.begun(part);
  else deps.served({ ...part, ...(run.error ? { error: namedError(run.error.code, run.error.message) } : {}) });
};

const told = ({ account, partition, region }: RoomDeps, pipeline: string) =>
  ({
    service: "codepipeline",
    resource: `arn:${partition}:codepipeline:${region}:${account}:${pipeline}`,
    principal: { kind: "service", account, service: SERVICE_PRINCIPAL },
  }) as const;
