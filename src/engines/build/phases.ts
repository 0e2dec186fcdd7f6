/** The phases of a build, in their order, as BatchGetBuilds names them. */
export const PHASES = [
  "SUBMITTED",
  "QUEUED",
  "PROVISIONING",
  "DOWNLOAD_SOURCE",
  "RUN_SANDBOX",
  "INSTALL",
  "PRE_BUILD",
  "BUILD",
  "POST_BUILD",
  "UPLOAD_ARTIFACTS",
  "FINALIZING",
  "COMPLETED",
] as const;
export type PhaseType = (typeof PHASES)[number];

/** How a build, or one of its phases, has ended. */
export type EndStatus = "SUCCEEDED" | "FAILED" | "FAULT" | "TIMED_OUT" | "STOPPED";

/** Why a phase ended as it did; both are empty when all is well. */
export interface PhaseContext {
  readonly statusCode: string;
  readonly message: string;
}

/** One phase a build has entered. */
export interface Phase {
  readonly type: PhaseType;
  readonly startTime: number;
  /** Absent while it runs, and for COMPLETED, which is a moment. */
  readonly end?: PhaseEnd;
}

export interface PhaseEnd {
  readonly time: number;
  readonly status: EndStatus;
  /** SUBMITTED and QUEUED have none: nothing runs in them. */
  readonly contexts?: readonly PhaseContext[];
}
