import { known } from "../../kernel/errors.ts";
import type { ActionSpec, Execution, StageRun, StageSpec } from "./model.ts";
import type { PipelinePorts } from "./ports.ts";
import { runAction } from "./runAction.ts";
import { moved, passedStage } from "./transitions.ts";

/**
 * Runs the stage an execution is in, from wherever an earlier attempt or an earlier process left it: actions of one run
 * order beside each other, run orders one after the other.
 */
export const runStage = async (ports: PipelinePorts, id: string, signal: AbortSignal): Promise<void> => {
  const attempt = attemptOf(current(ports, id));
  if (!attempt) return;
  const stage = known(current(ports, id).spec.stages[attempt.stage], "the stage that runs");
  for (const actions of inRunOrder(stage)) {
    if (current(ports, id).state.status === "Stopping") return stopped(ports, id, attempt, stage);
    const results = await Promise.all(actions.map((action) => runAction(ports, id, stage, action, attempt, signal)));
    // The cloud ends: what runs is taken up by the next process.
    if (results.includes("interrupted")) return;
    if (results.includes("abandoned")) return stopped(ports, id, attempt, stage);
    if (results.includes("failed")) return failed(ports, id, attempt, stage);
  }
  const execution = current(ports, id);
  if (execution.state.status === "Stopping") return stopped(ports, id, attempt, stage);
  finish(ports, execution, passedStage(execution, attempt.stage, ports.clock.now()), stage, "SUCCEEDED");
};

const inRunOrder = ({ actions }: StageSpec): readonly (readonly ActionSpec[])[] => {
  const orders = [...new Set(actions.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
  return orders.map((order) => actions.filter(({ runOrder }) => runOrder === order));
};

const attemptOf = ({ state }: Execution): StageRun | undefined =>
  state.status === "Stopping" || (state.status === "InProgress" && state.phase === "running") ? state : undefined;

const current = ({ executions }: PipelinePorts, id: string): Execution =>
  known(executions.get(id), `the pipeline execution ${id}`);

const failed = (ports: PipelinePorts, id: string, { stage: index }: StageRun, stage: StageSpec): void => {
  const execution = current(ports, id);
  finish(ports, execution, moved(execution, { status: "Failed", stage: index }, ports.clock.now()), stage, "FAILED");
};

const stopped = (ports: PipelinePorts, id: string, { stage: index }: StageRun, stage: StageSpec): void => {
  const execution = current(ports, id);
  const reason = execution.state.status === "Stopping" ? execution.state.reason : "";
  const after = moved(execution, { status: "Stopped", stage: index, reason }, ports.clock.now());
  finish(ports, execution, after, stage, "STOPPED");
};

const finish = (
  ports: PipelinePorts,
  before: Execution,
  execution: Execution,
  stage: StageSpec,
  state: "SUCCEEDED" | "FAILED" | "STOPPED",
): void => {
  ports.executions.put(execution);
  ports.announce({ kind: "stage", execution, stage: stage.name, state });
  if (execution.state.status !== before.state.status) ports.announce({ kind: "execution", execution, before });
};
