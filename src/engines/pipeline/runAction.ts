import { errorCode, errorMessage, known, NotImplemented } from "../../kernel/errors.ts";
import type {
  ActionError,
  ActionRun,
  ActionSpec,
  ConditionType,
  Execution,
  Outcome,
  StageRun,
  StageSpec,
} from "./model.ts";
import type { PipelinePorts } from "./ports.ts";
import { abandoned, ended, withOutcome } from "./transitions.ts";
import { UnresolvedVariable } from "./variables.ts";

/** `interrupted`: the cloud ends, and the run goes on in the next process. */
export type ActionEnd = "succeeded" | "failed" | "abandoned" | "interrupted";

/** Why an action is told to end: its execution is stopped, or its condition overridden, without waiting for it. */
export class ExecutionAbandoned extends Error {}

/** Why it is told to end without anybody's wish: its pipeline has another structure now. What it set going elsewhere goes on. */
export class ExecutionCancelled extends ExecutionAbandoned {}

/** What an action's own checks find wrong; the code is one of AWS's kinds of failure. */
export class ActionFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "ActionFailure";
    this.code = code;
  }
}

/** One action of one attempt at a stage; or a rule, when it is one of a condition's. */
export interface Step {
  readonly executionId: string;
  readonly stage: StageSpec;
  readonly action: ActionSpec;
  readonly attempt: Pick<StageRun, "since" | "retryFrom">;
  readonly condition?: ConditionType;
}

/** Runs an action or a rule to its end, unless this attempt at its stage has done so already. */
export const runAction = async (ports: PipelinePorts, step: Step, signal: AbortSignal): Promise<ActionEnd> => {
  const { executionId, attempt } = step;
  const latest = latestRun(ports, step);
  if (latest?.status === "Succeeded") return "succeeded";
  if (latest?.status === "Failed" && latest.number >= attempt.retryFrom) return "failed";
  const run = latest?.status === "InProgress" ? latest : begin(ports, step);
  const outcome = await outcomeOf(ports, run, signal);
  if (outcome === "interrupted") return outcome;
  const execution = currentExecution(ports, executionId);
  const now = ports.clock.now();
  const last = known(latestRun(ports, { ...step, attempt: { ...attempt, since: run.number } }), "the action's run");
  if (outcome === "abandoned") {
    const gone = abandoned(last, now);
    ports.executions.putRun(gone);
    tell(ports, execution, gone);
    return "abandoned";
  }
  const after = ended(last, outcome, now);
  ports.executions.put(withOutcome(execution, after, outcome, now), after);
  tell(ports, currentExecution(ports, executionId), after);
  return outcome.status === "Succeeded" ? "succeeded" : "failed";
};

/** AWS tells of actions, and not of rules. */
const tell = (ports: PipelinePorts, execution: Execution, run: ActionRun): void => {
  if (run.condition === undefined) ports.announce({ kind: "action", execution, run });
};

const latestRun = (ports: PipelinePorts, { executionId, stage, action, attempt, condition }: Step) => {
  const execution = currentExecution(ports, executionId);
  const runs = condition === undefined ? ports.executions.runs(execution) : ports.executions.ruleRuns(execution);
  const own = [...runs].filter(
    (run) =>
      run.stageName === stage.name &&
      run.action.name === action.name &&
      run.condition === condition &&
      run.number >= attempt.since,
  );
  return own.at(-1);
};

const begin = (ports: PipelinePorts, { executionId, stage, action, condition }: Step): ActionRun => {
  const execution = currentExecution(ports, executionId);
  const now = ports.clock.now();
  const run: ActionRun = {
    id: ports.ids.uuid(),
    executionId,
    pipelineName: execution.spec.name,
    sequence: execution.sequence,
    number: execution.runs,
    pipelineVersion: execution.spec.version,
    stageName: stage.name,
    action,
    startedAt: now,
    updatedAt: now,
    status: "InProgress",
    inputs: action.inputArtifacts.flatMap((name) => {
      const place = execution.artifacts[name];
      return place ? [{ name, ...place }] : [];
    }),
    outputs: [],
    outputVariables: {},
    ...(action.category === "Approval" ? { token: ports.ids.uuid() } : {}),
    ...(condition === undefined ? {} : { condition }),
  };
  const counted = { ...execution, runs: execution.runs + 1, updatedAt: now };
  ports.executions.put(counted, run);
  tell(ports, counted, run);
  return run;
};

const outcomeOf = async (
  ports: PipelinePorts,
  run: ActionRun,
  signal: AbortSignal,
): Promise<Outcome | "abandoned" | "interrupted"> => {
  let latest = run;
  const keep = (patch: Partial<ActionRun>) => {
    latest = { ...latest, ...patch, updatedAt: ports.clock.now() };
    ports.executions.putRun(latest);
  };
  try {
    return await ports.act({
      execution: currentExecution(ports, run.executionId),
      run,
      began: (external, summary) => keep({ external, ...(summary === undefined ? {} : { summary }) }),
      configured: (configuration, inputs) => keep({ configuration, inputs }),
      signal,
    });
  } catch (error) {
    if (signal.aborted) return signal.reason instanceof ExecutionAbandoned ? "abandoned" : "interrupted";
    return { status: "Failed", error: actionError(error) };
  }
};

/** Whether a service refused a call for want of a permission; SNS has a code of its own. */
export const isDenied = (error: unknown): boolean =>
  /AccessDenied|NotAuthorized|AuthorizationError/.test(errorCode(error));

const actionError = (error: unknown): ActionError => {
  const message = errorMessage(error);
  if (error instanceof ActionFailure) return { code: error.code, message };
  if (error instanceof UnresolvedVariable || error instanceof NotImplemented)
    return { code: "ConfigurationError", message };
  return { code: isDenied(error) ? "PermissionError" : "JobFailed", message };
};

const currentExecution = ({ executions }: PipelinePorts, id: string): Execution =>
  known(executions.get(id), `the pipeline execution ${id}`);
