import { timeOf } from "../../parts/time.tsx";
import type { ActionRun, Declaration, StageState } from "./runs.ts";

type StageDeclaration = NonNullable<Declaration["stages"]>[number];
export type ActionDeclaration = NonNullable<StageDeclaration["actions"]>[number];

/** An action of a run: what is declared, and what came of it so far. */
export interface ActionInRun {
  readonly id: string;
  readonly stage: string;
  readonly declaration: ActionDeclaration;
  readonly run: ActionRun | undefined;
}

/** A stage of a run. Actions of one run order stand side by side. */
export interface StageInRun {
  readonly name: string;
  readonly status: string | undefined;
  readonly state: StageState | undefined;
  readonly steps: readonly (readonly ActionInRun[])[];
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** Joins a pipeline's structure with the actions that ran. */
export const stagesOf = (
  declaration: Declaration,
  runs: readonly ActionRun[],
  states: readonly StageState[],
): readonly StageInRun[] =>
  (declaration.stages ?? []).map((stage) => {
    const name = stage.name ?? "";
    const actions = (stage.actions ?? []).map((action) => ({
      id: `${name}.${action.name}`,
      stage: name,
      declaration: action,
      run: latest(runs, name, action.name ?? ""),
    }));
    const orders = [...new Set(actions.map(({ declaration: { runOrder = 1 } }) => runOrder))].sort((a, b) => a - b);
    const ran = actions.flatMap(({ run }) => run ?? []);
    const status = stageStatus(ran, actions.length);
    return {
      name,
      status,
      state: states.find(({ stageName }) => stageName === name),
      steps: orders.map((order) => actions.filter(({ declaration: { runOrder = 1 } }) => runOrder === order)),
      startedAt: extreme(
        Math.min,
        ran.map(({ startTime }) => timeOf(startTime)),
      ),
      endedAt:
        status === "InProgress"
          ? undefined
          : extreme(
              Math.max,
              ran.map(({ lastUpdateTime }) => timeOf(lastUpdateTime)),
            ),
    };
  });

/** A retried action has run more than once. */
const latest = (runs: readonly ActionRun[], stage: string, action: string): ActionRun | undefined =>
  runs
    .filter(({ stageName, actionName }) => stageName === stage && actionName === action)
    .toSorted((a, b) => (timeOf(b.startTime) ?? 0) - (timeOf(a.startTime) ?? 0))[0];

const stageStatus = (ran: readonly ActionRun[], declared: number): string | undefined => {
  if (ran.length === 0) return undefined;
  for (const status of ["InProgress", "Failed", "Abandoned"])
    if (ran.some((run) => run.status === status)) return status;
  return ran.length === declared ? "Succeeded" : "InProgress";
};

const extreme = (pick: (...values: number[]) => number, times: readonly (number | undefined)[]): number | undefined => {
  const known = times.flatMap((time) => time ?? []);
  return known.length === 0 ? undefined : pick(...known);
};
