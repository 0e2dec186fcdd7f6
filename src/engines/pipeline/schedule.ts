import type { Execution } from "./model.ts";

/** What is to be done with an execution that waits for a stage. */
export type Decision =
  | { readonly kind: "enter"; readonly execution: Execution }
  | { readonly kind: "supersede"; readonly execution: Execution };

/**
 * Who may enter which stage now. A stage holds one execution, except in the mode PARALLEL. Of those that wait for a stage,
 * QUEUED lets in the oldest; SUPERSEDED the newest, whom the others give way to.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export const schedule = (
  live: readonly Execution[],
  mayEnter: (pipeline: string, stage: string) => boolean,
): readonly Decision[] => {
  const decisions: Decision[] = [];
  for (const [stage, waiting] of byStage(live.filter(isWaiting))) {
    const parallel = waiting.filter(({ spec }) => spec.executionMode === "PARALLEL");
    const others = waiting.filter(({ spec }) => spec.executionMode !== "PARALLEL");
    for (const execution of parallel)
      if (open(execution, stage, mayEnter)) decisions.push({ kind: "enter", execution });
    decisions.push(...oneAtATime(others, stage, live, mayEnter));
  }
  return decisions;
};

const oneAtATime = (
  waiting: readonly Execution[],
  stage: number,
  live: readonly Execution[],
  mayEnter: (pipeline: string, stage: string) => boolean,
): readonly Decision[] => {
  // What brings a stage back goes first: nobody supersedes it, and it supersedes nobody.
  const rollback = waiting.find((execution) => execution.rollback);
  const standard = waiting.filter((execution) => !execution.rollback);
  const newest = standard.at(-1);
  const superseding = newest?.spec.executionMode === "SUPERSEDED";
  const superseded = superseding ? standard.slice(0, -1) : [];
  const decisions: Decision[] = superseded.map((execution) => ({ kind: "supersede", execution }));
  const first = rollback ?? (superseding ? newest : standard[0]);
  const occupied = live.some((execution) => isIn(execution, stage) && execution.spec.executionMode !== "PARALLEL");
  if (first && !occupied && open(first, stage, mayEnter)) decisions.push({ kind: "enter", execution: first });
  return decisions;
};

const open = ({ spec }: Execution, stage: number, mayEnter: (pipeline: string, stage: string) => boolean): boolean =>
  mayEnter(spec.name, spec.stages[stage]?.name ?? "");

const byStage = (waiting: readonly Execution[]): ReadonlyMap<number, Execution[]> => {
  const stages = new Map<number, Execution[]>();
  for (const execution of [...waiting].sort((a, b) => a.sequence - b.sequence)) {
    const { state } = execution;
    if (state.status !== "InProgress") continue;
    stages.set(state.stage, [...(stages.get(state.stage) ?? []), execution]);
  }
  return stages;
};

const isWaiting = ({ state }: Execution): boolean => state.status === "InProgress" && state.phase === "waiting";

const isIn = ({ state }: Execution, stage: number): boolean =>
  (state.status === "Stopping" || (state.status === "InProgress" && state.phase === "running")) &&
  state.stage === stage;
