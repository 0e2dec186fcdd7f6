import type { ActionRun, Execution, ExecutionState, Outcome, Revision } from "./model.ts";

/** Verbs that change an execution or an action's run; nothing else does. */

export const moved = (execution: Execution, state: ExecutionState, now: number): Execution => ({
  ...execution,
  state,
  updatedAt: now,
});

export const enteredStage = (execution: Execution, stage: number, now: number): Execution =>
  moved(
    execution,
    { status: "InProgress", phase: "running", stage, since: execution.runs, retryFrom: execution.runs },
    now,
  );

/** After a stage: on to the next, or done. */
export const passedStage = (execution: Execution, stage: number, now: number): Execution =>
  stage + 1 < execution.spec.stages.length
    ? moved(execution, { status: "InProgress", phase: "waiting", stage: stage + 1 }, now)
    : moved(execution, { status: "Succeeded" }, now);

/** What an action gave is the execution's from now on. */
export const withOutcome = (execution: Execution, run: ActionRun, outcome: Outcome, now: number): Execution => {
  if (outcome.status !== "Succeeded") return { ...execution, updatedAt: now };
  const { outputs = [], variables = {}, revisions = [] } = outcome;
  const { namespace } = run.action;
  return {
    ...execution,
    updatedAt: now,
    artifacts: {
      ...execution.artifacts,
      ...Object.fromEntries(outputs.map(({ name, bucket, key }) => [name, { bucket, key }])),
    },
    namespaces:
      namespace === undefined ? execution.namespaces : { ...execution.namespaces, [namespace]: { ...variables } },
    revisions: mergedRevisions(execution.revisions, revisions),
  };
};

const mergedRevisions = (old: readonly Revision[], brought: readonly Revision[]): readonly Revision[] => [
  ...old.filter(({ actionName }) => !brought.some((revision) => revision.actionName === actionName)),
  ...brought,
];

export const ended = (run: ActionRun, outcome: Outcome, now: number): ActionRun => ({
  ...run,
  status: outcome.status,
  updatedAt: now,
  ...(outcome.summary === undefined ? {} : { summary: outcome.summary }),
  ...(outcome.updatedBy === undefined ? {} : { lastUpdatedBy: outcome.updatedBy }),
  ...(outcome.status === "Succeeded"
    ? { outputs: outcome.outputs ?? [], outputVariables: outcome.variables ?? {} }
    : { error: outcome.error }),
});

export const abandoned = (run: ActionRun, now: number): ActionRun => ({ ...run, status: "Abandoned", updatedAt: now });

export const hasEnded = ({ state }: Execution): boolean => state.status !== "InProgress" && state.status !== "Stopping";

/** Whether it is in a stage, and not before one. */
export const isRunning = (execution: Execution | undefined): boolean =>
  execution?.state.status === "Stopping" ||
  (execution?.state.status === "InProgress" && execution.state.phase === "running");
