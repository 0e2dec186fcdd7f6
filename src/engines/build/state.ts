import { AssertionFailed } from "../../kernel/errors.ts";
import type { EndStatus, Phase, PhaseContext, PhaseType } from "./phases.ts";

/** Where a build is: in a phase, or complete. Changed only by the verbs below; JSON throughout. */
export type BuildState = RunningBuild | CompletedBuild;

export interface RunningBuild {
  readonly status: "IN_PROGRESS";
  readonly phases: readonly Phase[];
}

export interface CompletedBuild {
  readonly status: EndStatus;
  readonly phases: readonly Phase[];
  readonly endTime: number;
}

/** A build as StartBuild leaves it: submitted, and in the queue. */
export const submit = (now: number): RunningBuild => ({
  status: "IN_PROGRESS",
  phases: [
    { type: "SUBMITTED", startTime: now, end: { time: now, status: "SUCCEEDED" } },
    { type: "QUEUED", startTime: now },
  ],
});

/** The phase a build is in. */
export const currentPhase = (state: BuildState): PhaseType => state.phases.at(-1)?.type ?? "SUBMITTED";

/** Ends the phase a build is in. */
export const endPhase = (state: RunningBuild, now: number, status: EndStatus, context?: PhaseContext): RunningBuild => {
  const phase = state.phases.at(-1);
  if (!phase || phase.end) throw new AssertionFailed("a build's phase ends twice");
  const contexts = phase.type === "QUEUED" && !context ? {} : { contexts: [context ?? NO_CONTEXT] };
  return { ...state, phases: [...state.phases.slice(0, -1), { ...phase, end: { time: now, status, ...contexts } }] };
};

/** Enters the next phase; the one before must have ended. */
export const enterPhase = (state: RunningBuild, now: number, type: PhaseType): RunningBuild => {
  if (!state.phases.at(-1)?.end) throw new AssertionFailed(`a build enters ${type} from a phase that runs`);
  return { ...state, phases: [...state.phases, { type, startTime: now }] };
};

/** Completes a build; its status is the first of its phases that did not succeed. */
export const complete = (state: RunningBuild, now: number): CompletedBuild => {
  const failed = state.phases.find((phase) => phase.end && phase.end.status !== "SUCCEEDED");
  return {
    status: failed?.end?.status ?? "SUCCEEDED",
    phases: [...state.phases, { type: "COMPLETED", startTime: now }],
    endTime: now,
  };
};

/** Ends a build from wherever it is: stopped, timed out, or found without a process after a crash. */
export const abandon = (state: RunningBuild, now: number, status: EndStatus, context: PhaseContext): CompletedBuild => {
  const ended = state.phases.at(-1)?.end ? state : endPhase(state, now, status, context);
  const final = complete(ended, now);
  return final.status === "SUCCEEDED" ? { ...final, status } : final;
};

const NO_CONTEXT: PhaseContext = { statusCode: "", message: "" };
