import { known } from "../../kernel/errors.ts";
import type { Execution } from "./model.ts";
import type { PipelinePorts } from "./ports.ts";
import { ExecutionAbandoned } from "./runAction.ts";
import { runStage } from "./runStage.ts";
import { schedule } from "./schedule.ts";
import { enteredStage, hasEnded, isRunning, moved } from "./transitions.ts";

/** Runs executions of pipelines: each from stage to stage, one execution in a stage at a time. */
export interface PipelineEngine {
  /** Takes in a new execution, which waits for the first stage. */
  submit(execution: Execution): void;
  /** Lets in whoever may enter a stage now; after a transition was enabled, too. */
  advance(pipeline: string): void;
  /** Lets running actions end, or abandons them, and goes no further. */
  stop(execution: Execution, reason: string, abandon: boolean): Execution;
  /** Tries a failed stage again in the same execution. */
  retry(execution: Execution, allActions: boolean): Execution;
  /** Takes up what ran when the process ended. */
  resume(pipelines: Iterable<string>): void;
}

export const createPipelineEngine = (ports: PipelinePorts): PipelineEngine => {
  const running = new Map<string, AbortController>();

  const run = ({ id, spec }: Execution): void => {
    if (running.has(id)) return;
    running.set(id, new AbortController());
    ports.tasks.spawn(`pipeline ${spec.name} ${id}`, async (cloudEnds) => {
      try {
        // Between a stage's end and the end of this task the execution may have been let into its next stage already.
        while (!cloudEnds.aborted && isRunning(ports.executions.get(id))) {
          const stop = new AbortController();
          running.set(id, stop);
          await runStage(ports, id, AbortSignal.any([stop.signal, cloudEnds]));
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
      if (abandon) running.get(execution.id)?.abort(new ExecutionAbandoned(reason));
      return stopping;
    },
    retry: (execution, allActions) => {
      const { state } = execution;
      const stage = "stage" in state ? state.stage : 0;
      const since = allActions ? execution.runs : 0;
      const again: Execution = moved(
        execution,
        { status: "InProgress", phase: "running", stage, since, retryFrom: execution.runs },
        ports.clock.now(),
      );
      const name = known(execution.spec.stages[stage], "the stage to retry").name;
      ports.executions.enter(again, name);
      ports.announce({ kind: "execution", execution: again, before: execution });
      ports.announce({ kind: "stage", execution: again, stage: name, state: "RESUMED" });
      run(again);
      return again;
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
