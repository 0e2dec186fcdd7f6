import { errorMessage } from "../../kernel/errors.ts";
import { BuildFailure, BuildStopRequested, BuildTimedOut } from "./failure.ts";
import type { BuildLog } from "./log.ts";
import type { EndStatus, PhaseContext, PhaseType } from "./phases.ts";
import type { BuildPorts } from "./ports.ts";
import { type CompletedBuild, complete, endPhase, enterPhase, type RunningBuild } from "./state.ts";

/** A build's state while it runs: every change is persisted by its port before the next thing happens. */
export interface Progress {
  /** Runs one phase. False when it failed; rejects only when the cloud itself ends. */
  phase(type: PhaseType, work: () => Promise<void>): Promise<boolean>;
  /** Ends the wait in the queue. */
  leaveQueue(): void;
  /** A phase that a stopped build goes through like any other, such as FINALIZING. */
  pass(type: PhaseType, work: () => Promise<void>): Promise<void>;
  complete(): CompletedBuild;
}

/** Follows a build from the state it was submitted in. */
export const createProgress = (
  initial: RunningBuild,
  ports: BuildPorts,
  log: BuildLog,
  signal: AbortSignal,
): Progress => {
  let state = initial;
  const change = (next: RunningBuild) => {
    state = next;
    ports.changed(next);
  };
  const end = (status: EndStatus, context?: PhaseContext) =>
    change(endPhase(state, ports.clock.now(), status, context));
  return {
    phase: async (type, work) => {
      change(enterPhase(state, ports.clock.now(), type));
      if (type !== "UPLOAD_ARTIFACTS")
        log.agent(type === "DOWNLOAD_SOURCE" ? "Waiting for DOWNLOAD_SOURCE" : `Entering phase ${type}`);
      const failure = await outcomeOf(work, ports, signal);
      const context = failure?.context ?? { statusCode: "", message: "" };
      log.agent(`Phase complete: ${type} State: ${failure?.status ?? "SUCCEEDED"}`);
      log.agent(`Phase context status code: ${context.statusCode} Message: ${context.message}`);
      end(failure?.status ?? "SUCCEEDED", context);
      return failure === undefined;
    },
    leaveQueue: () => end("SUCCEEDED"),
    pass: async (type, work) => {
      change(enterPhase(state, ports.clock.now(), type));
      const failure = await work().then(noFailure, (error: unknown) => failed(error, ports));
      end(failure?.status ?? "SUCCEEDED", failure?.context);
    },
    complete: () => {
      const completed = complete(state, ports.clock.now());
      ports.changed(completed);
      return completed;
    },
  };
};

const noFailure = () => undefined;

interface Failed {
  readonly status: EndStatus;
  readonly context: PhaseContext;
}

const outcomeOf = async (
  work: () => Promise<void>,
  ports: BuildPorts,
  signal: AbortSignal,
): Promise<Failed | undefined> => {
  try {
    await work();
    if (!signal.aborted) return undefined;
  } catch (error) {
    if (!signal.aborted) return failed(error, ports);
  }
  // Whatever the work made of it: the build was ended from outside.
  return ended(signal.reason);
};

const failed = (error: unknown, ports: BuildPorts): Failed => {
  if (error instanceof BuildFailure)
    return { status: "FAILED", context: { statusCode: error.statusCode, message: error.message } };
  ports.onFault(error);
  return { status: "FAULT", context: { statusCode: "INTERNAL_SERVICE_ERROR", message: errorMessage(error) } };
};

const ended = (reason: unknown): Failed => {
  if (reason instanceof BuildTimedOut)
    return { status: "TIMED_OUT", context: { statusCode: "BUILD_TIMED_OUT", message: reason.message } };
  if (reason instanceof BuildFailure)
    return { status: "FAILED", context: { statusCode: reason.statusCode, message: reason.message } };
  if (reason instanceof BuildStopRequested) return { status: "STOPPED", context: { statusCode: "", message: "" } };
  // The cloud stops: the build stays as it is, and is failed when the cloud starts again.
  throw reason;
};
