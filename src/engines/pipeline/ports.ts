import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import type { ActionRun, Execution, External, Outcome } from "./model.ts";

/** What the engine needs of the room it works for. */
export interface PipelinePorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly executions: ExecutionStore;
  /** Whether the transition into a stage is open. */
  mayEnter(pipeline: string, stage: string): boolean;
  /** Does what an action says. A run that has an `external` is taken up again. Throws what its services refuse. */
  act(act: Act): Promise<Outcome>;
  /** Begins a run that brings a stage back to what the last run that succeeded there left, if there was one. */
  rollBack(failed: Execution, stage: string): void;
  /** Tells of what changed, once it is durable. */
  announce(change: Change): void;
}

export interface Act {
  readonly execution: Execution;
  readonly run: ActionRun;
  /** Keeps what was set going, so that it is found again after a crash. */
  readonly began: (external: External, summary?: string) => void;
  /** Keeps the configuration with its variables resolved, and the input artifacts where they are in the action's region. */
  readonly configured: (configuration: Readonly<Record<string, string>>, inputs: ActionRun["inputs"]) => void;
  readonly signal: AbortSignal;
}

export type Change =
  | { readonly kind: "execution"; readonly execution: Execution; readonly before?: Execution }
  | { readonly kind: "stage"; readonly execution: Execution; readonly stage: string; readonly state: StageEvent }
  | { readonly kind: "action"; readonly execution: Execution; readonly run: ActionRun };

export type StageEvent =
  | "STARTED"
  | "SUCCEEDED"
  | "FAILED"
  | "STOPPING"
  | "STOPPED"
  | "RESUMED"
  | "SKIPPED"
  | "CANCELED";

/** The executions of all pipelines of a room. Each write is atomic. */
export interface ExecutionStore {
  get(id: string): Execution | undefined;
  put(execution: Execution, run?: ActionRun): void;
  putRun(run: ActionRun): void;
  /** Runs of one execution's actions in the order they began. */
  runs(execution: Execution): Iterable<ActionRun>;
  /** Runs of its rules. */
  ruleRuns(execution: Execution): Iterable<ActionRun>;
  /** Executions of a pipeline that have not ended, the oldest first. */
  live(pipeline: string): readonly Execution[];
  /** The execution that a stage had last. */
  latestIn(pipeline: string, stage: string): string | undefined;
  enter(execution: Execution, stage: string): void;
}
