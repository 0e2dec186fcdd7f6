import { known } from "../../kernel/errors.ts";
import { type ConditionEnd, type ConditionStops, checkCondition } from "./conditions.ts";
import type { ActionSpec, ConditionType, Execution, StageOutcome, StageRun, StageSpec } from "./model.ts";
import type { PipelinePorts } from "./ports.ts";
import { runAction } from "./runAction.ts";
import { hasEnded, moved, passedStage, retried, withStageOutcome } from "./transitions.ts";

/** AWS tries a stage again once by itself. */
const MAX_AUTOMATIC_RETRIES = 1;

/** What one attempt at one stage is made with. */
interface Attempt {
  readonly ports: PipelinePorts;
  readonly stops: ConditionStops;
  readonly id: string;
  readonly run: StageRun;
  readonly stage: StageSpec;
  readonly signal: AbortSignal;
}

/**
 * Runs the stage an execution is in, from wherever an earlier attempt or an earlier process left it: its conditions of
 * entry, its actions, and its conditions of success or failure.
 */
export const runStage = async (
  ports: PipelinePorts,
  stops: ConditionStops,
  id: string,
  signal: AbortSignal,
): Promise<void> => {
  const execution = current(ports, id);
  const run = attemptOf(execution);
  if (!run) return;
  const stage = known(execution.spec.stages[run.stage], "the stage that runs");
  const attempt = { ports, stops, id, run, stage, signal };
  const entry = await check(attempt, "BEFORE_ENTRY");
  if (entry !== "met") return conclude(attempt, entry);
  const actions = await runActions(attempt);
  if (actions === "failed") return conclude(attempt, await afterFailure(attempt));
  if (actions !== "succeeded") return conclude(attempt, actions);
  conclude(attempt, await check(attempt, "ON_SUCCESS"));
};

/** What rolls back a stage runs its actions alone. */
const check = async ({ ports, stops, id, stage, run, signal }: Attempt, type: ConditionType): Promise<ConditionEnd> =>
  current(ports, id).rollback ? "met" : checkCondition(ports, stops, id, stage, type, run, signal);

/** Actions of one run order beside each other, run orders one after the other. */
const runActions = async ({ ports, id, stage, run, signal }: Attempt) => {
  for (const actions of inRunOrder(stage)) {
    if (current(ports, id).state.status === "Stopping") return "abandoned";
    const step = { executionId: id, stage, attempt: run };
    const ends = await Promise.all(actions.map((action) => runAction(ports, { ...step, action }, signal)));
    for (const end of ["interrupted", "abandoned", "failed"] as const) if (ends.includes(end)) return end;
  }
  return "succeeded";
};

const inRunOrder = ({ actions }: StageSpec): readonly (readonly ActionSpec[])[] => {
  const orders = [...new Set(actions.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
  return orders.map((order) => actions.filter(({ runOrder }) => runOrder === order));
};

/** AWS: an automatic retry comes first; the conditions, or the result of the failure itself, when that has failed too. */
const afterFailure = async (attempt: Attempt): Promise<ConditionEnd> => {
  const { ports, id, stage } = attempt;
  const execution = current(ports, id);
  if (execution.rollback || execution.state.status === "Stopping") return "FAIL";
  const { result, retryMode } = stage.onFailure ?? {};
  const retries = execution.retries?.[stage.name]?.auto ?? 0;
  if (result === "RETRY" && retryMode && retries < MAX_AUTOMATIC_RETRIES) return "RETRY";
  if (!stage.conditions?.ON_FAILURE) return result === undefined || result === "RETRY" ? "FAIL" : result;
  const end = await check(attempt, "ON_FAILURE");
  if (end === "met") return "FAIL";
  return end === "RETRY" && retries >= MAX_AUTOMATIC_RETRIES ? "FAIL" : end;
};

/** Moves the execution on from what came of the stage. All of it is one commit. */
const conclude = (attempt: Attempt, end: ConditionEnd): void => {
  const { ports, id, run, stage } = attempt;
  const execution = current(ports, id);
  const now = ports.clock.now();
  const { state } = execution;
  // The cloud ends: what runs is taken up by the next process.
  if (end === "interrupted") return;
  // It was cancelled meanwhile, and that is told.
  if (hasEnded(execution)) return;
  const stops = end === "abandoned" || ((end === "met" || end === "SKIP") && state.status === "Stopping");
  if (stops) stopped(attempt, execution);
  else if (end === "met" || end === "SKIP")
    finish(attempt, execution, passedStage(execution, run.stage, now), end === "met" ? "Succeeded" : "Skipped");
  else if (end === "RETRY") {
    const allActions = stage.onFailure?.retryMode === "ALL_ACTIONS";
    ports.executions.put(retried(execution, { stage: run.stage, allActions, by: "AutomatedStageRetry" }, now));
    ports.announce({ kind: "stage", execution: current(ports, id), stage: stage.name, state: "RESUMED" });
  } else {
    finish(attempt, execution, moved(execution, { status: "Failed", stage: run.stage }, now), "Failed");
    if (end === "ROLLBACK") ports.rollBack(execution, stage.name);
  }
};

const attemptOf = ({ state }: Execution): StageRun | undefined =>
  state.status === "Stopping" || (state.status === "InProgress" && state.phase === "running") ? state : undefined;

const current = ({ executions }: PipelinePorts, id: string): Execution =>
  known(executions.get(id), `the pipeline execution ${id}`);

const stopped = (attempt: Attempt, execution: Execution): void => {
  const { ports, run } = attempt;
  const reason = execution.state.status === "Stopping" ? execution.state.reason : "";
  finish(
    attempt,
    execution,
    moved(execution, { status: "Stopped", stage: run.stage, reason }, ports.clock.now()),
    "Stopped",
  );
};

const EVENTS = {
  Cancelled: "CANCELED",
  Succeeded: "SUCCEEDED",
  Failed: "FAILED",
  Stopped: "STOPPED",
  Skipped: "SKIPPED",
} as const;

const finish = ({ ports, stage }: Attempt, before: Execution, after: Execution, outcome: StageOutcome): void => {
  const execution = withStageOutcome(after, stage.name, outcome);
  ports.executions.put(execution);
  ports.announce({ kind: "stage", execution, stage: stage.name, state: EVENTS[outcome] });
  if (execution.state.status !== before.state.status) ports.announce({ kind: "execution", execution, before });
};
