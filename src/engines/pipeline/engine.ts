import { known } from "../../kernel/errors.ts";
import { ConditionOverridden, type ConditionStops } from "./conditions.ts";
import { type ConditionType, conditionKey, type Execution } from "./model.ts";
import type { PipelinePorts } from "./ports.ts";
import { ExecutionAbandoned, ExecutionCancelled } from "./runAction.ts";
import { runStage } from "./runStage.ts";
import { schedule } from "./schedule.ts";
import { enteredStage, hasEnded, isRunning, moved, retried, withCondition, withStageOutcome } from "./transitions.ts";

/** Runs executions of pipelines: each from stage to stage, one execution in a stage at a time. */
export interface PipelineEngine {
  /** Takes in a new execution, which waits for the first stage. */
  submit(execution: Execution): void;
  /** Lets in whoever may enter a stage now; after a transition was enabled, too. */
  advance(pipeline: string): void;
  /** Lets running actions end, or abandons them, and goes no further. */
  stop(execution: Execution, reason: string, abandon: boolean): Execution;
  /** Ends what is under way by a structure that the pipeline has no more. In the mode PARALLEL each goes on by its own. */
  cancel(pipeline: string): void;
  /** Tries a failed stage again in the same execution. */
  retry(execution: Execution, allActions: boolean): Execution;
  /** Lets a stage pass whose condition failed, or is being looked at. */
  override(execution: Execution, stage: number, type: ConditionType): void;
  /** Takes up what ran when the process ended. */
  resume(pipelines: Iterable<string>): void;
}

export const createPipelineEngine = (ports: PipelinePorts): PipelineEngine => {
  const running = new Map<string, AbortController>();
  const conditionStops: ConditionStops = new Map();

  const run = ({ id, spec }: Execution): void => {
    if (running.has(id)) return;
    running.set(id, new AbortController());
    ports.tasks.spawn(`pipeline ${spec.name} ${id}`, async (cloudEnds) => {
      try {
        // Between a stage's end and the end of this task the execution may have been let into its next stage already.
        while (!cloudEnds.aborted && isRunning(ports.executions.get(id))) {
          const stop = new AbortController();
          running.set(id, stop);
          await runStage(ports, conditionStops, id, AbortSignal.any([stop.signal, cloudEnds]));
        }
      } finally {
        running.delete(id);
      }
      if (!cloudEnds.aborted) advance(spec.name);
    });
  };

  const change = (before: Execution, after: Execution): Execution => {
    ports.executions.put(after);
    ports.announce({ kind: "execution", execution: after, before });
    return after;
  };

  const enter = (execution: Execution): void => {
    if (execution.state.status !== "InProgress") return;
    const { stage } = execution.state;
    const name = known(execution.spec.stages[stage], "the stage to enter").name;
    const entered = enteredStage(execution, stage, ports.clock.now());
    ports.executions.enter(entered, name);
    ports.announce({ kind: "stage", execution: entered, stage: name, state: "STARTED" });
    run(entered);
  };

  const resumeStage = (again: Execution, before: Execution, stage: number): void => {
    const { name } = known(again.spec.stages[stage], "the stage to go on with");
    ports.executions.enter(again, name);
    ports.announce({ kind: "execution", execution: again, before });
    ports.announce({ kind: "stage", execution: again, stage: name, state: "RESUMED" });
    run(again);
  };

  const advance = (pipeline: string): void => {
    for (const { kind, execution } of schedule(ports.executions.live(pipeline), ports.mayEnter)) {
      if (kind === "enter") enter(execution);
      else if (execution.state.status === "InProgress")
        change(execution, moved(execution, { status: "Superseded", stage: execution.state.stage }, ports.clock.now()));
    }
  };

  return {
    submit: (execution) => {
      ports.executions.put(execution);
      ports.announce({ kind: "execution", execution });
      advance(execution.spec.name);
    },
    advance,
    stop: (execution, reason, abandon) => {
      const { state } = execution;
      if (hasEnded(execution)) return execution;
      if (state.status === "InProgress" && state.phase === "waiting") {
        const stopped = change(
          execution,
          moved(execution, { status: "Stopped", stage: state.stage, reason }, ports.clock.now()),
        );
        advance(execution.spec.name);
        return stopped;
      }
      if (!("since" in state)) return execution;
      const { stage, since, retryFrom } = state;
      const stopping = moved(
        execution,
        { status: "Stopping", reason, abandon, stage, since, retryFrom },
        ports.clock.now(),
      );
      change(execution, stopping);
      const { name } = known(execution.spec.stages[stage], "the stage to stop");
      ports.announce({ kind: "stage", execution: stopping, stage: name, state: "STOPPING" });
      if (abandon) running.get(execution.id)?.abort(new ExecutionAbandoned(reason));
      return stopping;
    },
    cancel: (pipeline) => {
      for (const execution of ports.executions.live(pipeline)) {
        const { state, spec } = execution;
        if (spec.executionMode === "PARALLEL" || !("stage" in state)) continue;
        const { name } = known(spec.stages[state.stage], "the stage it is in");
        const cancelled = moved(execution, { status: "Cancelled", stage: state.stage }, ports.clock.now());
        const left = isRunning(execution) ? withStageOutcome(cancelled, name, "Cancelled") : cancelled;
        change(execution, left);
        if (isRunning(execution)) ports.announce({ kind: "stage", execution: left, stage: name, state: "CANCELED" });
        running.get(execution.id)?.abort(new ExecutionCancelled("The structure of the pipeline was changed"));
      }
    },
    retry: (execution, allActions) => {
      const stage = "stage" in execution.state ? execution.state.stage : 0;
      const again = retried(execution, { stage, allActions, by: "ManualStageRetry" }, ports.clock.now());
      resumeStage(again, execution, stage);
      return again;
    },
    override: (execution, stage, type) => {
      const now = ports.clock.now();
      const { name } = known(execution.spec.stages[stage], "the stage whose condition is overridden");
      const overridden = { status: "Overridden", summary: "Overridden by a user.", changedAt: now } as const;
      const { state } = execution;
      if (!hasEnded(execution) && "retryFrom" in state) {
        const { retryFrom: attempt } = state;
        ports.executions.put(withCondition(execution, name, type, { ...overridden, attempt }));
        conditionStops.get(execution.id)?.abort(new ConditionOverridden("The condition was overridden"));
        return;
      }
      // What was found in the failed attempt holds in this one: actions that succeeded, and the entry condition.
      const attempt = execution.runs;
      const entry = execution.conditions?.[conditionKey(name, "BEFORE_ENTRY")];
      const entered = entry ? withCondition(execution, name, "BEFORE_ENTRY", { ...entry, attempt }) : execution;
      const passing = withCondition(entered, name, type, { ...overridden, attempt });
      const again = { status: "InProgress", phase: "running", stage, since: 0, retryFrom: attempt } as const;
      resumeStage(moved(passing, again, now), execution, stage);
    },
    resume: (pipelines) => {
      for (const pipeline of pipelines) {
        for (const execution of ports.executions.live(pipeline)) {
          if (isRunning(execution)) run(execution);
        }
        advance(pipeline);
      }
    },
  };
};
