import type { EndStatus, PhaseContext } from "../../../engines/build/phases.ts";
import { AssertionFailed } from "../../../kernel/errors.ts";
import type { BatchPhaseType, BatchState } from "./records.ts";

/** A batch as StartBuildBatch leaves it. */
export const submitBatchState = (now: number): BatchState => ({
  status: "IN_PROGRESS",
  phases: [{ type: "SUBMITTED", startTime: now, end: { time: now, status: "SUCCEEDED" } }],
});

/** The phase a batch is in. */
export const currentBatchPhase = (state: BatchState): BatchPhaseType => state.phases.at(-1)?.type ?? "SUBMITTED";

export const enterBatchPhase = (state: BatchState, now: number, type: BatchPhaseType): BatchState => {
  if (!state.phases.at(-1)?.end) throw new AssertionFailed(`a batch enters ${type} from a phase that runs`);
  return { ...state, phases: [...state.phases, { type, startTime: now }] };
};

export const endBatchPhase = (
  state: BatchState,
  now: number,
  status: EndStatus,
  context?: PhaseContext,
): BatchState => {
  const phase = state.phases.at(-1);
  if (!phase || phase.end) throw new AssertionFailed("a batch's phase ends twice");
  const end = { time: now, status, ...(context ? { context } : {}) };
  return { ...state, phases: [...state.phases.slice(0, -1), { ...phase, end }] };
};

/** Ends a batch; its last phase is named after how it ended. */
export const completeBatch = (
  state: BatchState,
  now: number,
  status: EndStatus,
  context?: PhaseContext,
): BatchState => {
  const ended = state.phases.at(-1)?.end ? state : endBatchPhase(state, now, status, context);
  const type = status === "SUCCEEDED" || status === "STOPPED" ? status : "FAILED";
  const last = { type, startTime: now, end: { time: now, status } } as const;
  return { status, endTime: now, phases: [...ended.phases, last] };
};
