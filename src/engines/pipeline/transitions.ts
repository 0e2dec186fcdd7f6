import {
  type ActionRun,
  type ConditionRun,
  type ConditionType,
  conditionKey,
  type Execution,
  type ExecutionState,
  type Outcome,
  type Revision,
  type StageOutcome,
  type StageRetries,
} from "./model.ts";

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

/** After a stage: on to the next, or done; what rolls back a stage has no other. */
export const passedStage = (execution: Execution, stage: number, now: number): Execution =>
  stage + 1 < execution.spec.stages.length && !execution.rollback
    ? moved(execution, { status: "InProgress", phase: "waiting", stage: stage + 1 }, now)
    : moved(execution, { status: "Succeeded" }, now);

export const withStageOutcome = (execution: Execution, stage: string, outcome: StageOutcome): Execution => ({
  ...execution,
  outcomes: { ...execution.outcomes, [stage]: outcome },
});

export const withCondition = (
  execution: Execution,
  stage: string,
  type: ConditionType,
  run: ConditionRun,
): Execution => ({
  ...execution,
  updatedAt: run.changedAt,
  conditions: { ...execution.conditions, [conditionKey(stage, type)]: run },
});

/** Another attempt at a stage, from the actions that failed or from its beginning. */
export const retried = (
  execution: Execution,
  {
    stage,
    allActions,
    by,
  }: { readonly stage: number; readonly allActions: boolean; readonly by: StageRetries["latest"] },
  now: number,
): Execution => {
  const name = execution.spec.stages[stage]?.name ?? "";
  const { auto = 0, manual = 0 } = execution.retries?.[name] ?? {};
  const automatic = by === "AutomatedStageRetry";
  const retries = {
    auto: automatic ? auto + 1 : auto,
    manual: automatic ? manual : manual + 1,
    latest: by,
    latestAt: now,
  };
  const since = allActions ? execution.runs : 0;
  const state = { status: "InProgress", phase: "running", stage, since, retryFrom: execution.runs } as const;
  return moved({ ...execution, retries: { ...execution.retries, [name]: retries } }, state, now);
};

/** What an action gave is the execution's from now on. */
export const withOutcome = (execution: Execution, run: ActionRun, outcome: Outcome, now: number): Execution => {
  if (outcome.status !== "Succeeded" || run.condition !== undefined) return { ...execution, updatedAt: now };
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
