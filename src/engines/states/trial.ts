import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import { StateFailure } from "./failure.ts";
import { type Exit, exitByCatch, exitWith, type Standing } from "./flow.ts";
import { itemsOf } from "./items.ts";
import type { Means, Run } from "./model.ts";
import { catcherOf, retryOf } from "./retry.ts";
import { workOf } from "./states.ts";
import { runTask } from "./task.ts";
import { objectsOf, textOf } from "./values.ts";

/** What stands for what a state would do. */
export type Mock = { readonly result: JsonValue } | { readonly failure: StateFailure };

/** One state, to be run once. */
export interface Trial {
  readonly at: Standing;
  readonly mock?: Mock;
  /** How often its retrier has tried it already. */
  readonly attempts: number;
}

/** How a state was left, or why not. */
export interface Verdict {
  readonly status: "SUCCEEDED" | "FAILED" | "RETRIABLE" | "CAUGHT_ERROR";
  readonly exit?: Exit;
  readonly next?: string;
  readonly failure?: StateFailure;
  /** What the state did, before it was put into its output. */
  readonly result?: JsonValue;
  readonly errorDetails?: JsonObject;
}

/** The thread that a trial runs in. */
export const TRIAL_THREAD = "0";

/** Runs one state, and answers what a machine would do next. */
export const tryState = async (run: Run, trial: Trial, means: Means): Promise<Verdict> => {
  const { at, mock } = trial;
  let result: JsonValue | undefined;
  try {
    // AWS: a Map whose items cannot be found fails for that, whatever is mocked.
    if (textOf(at.state, "Type") === "Map" && at.state["ItemReader"] === undefined) await itemsOf(at);
    if (mock && "failure" in mock) throw mock.failure;
    if (mock) result = mock.result;
    else if (textOf(at.state, "Type") === "Task") result = await runTask(run, TRIAL_THREAD, at, means.signal);
    const next = textOf(at.state, "Next");
    const left =
      result === undefined ? await workOf(run, TRIAL_THREAD, at, means) : { exit: await exitWith(at, result), next };
    return {
      status: "SUCCEEDED",
      exit: left.exit,
      ...(left.next === undefined ? {} : { next: left.next }),
      ...given(result),
    };
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    return { ...(await afterFailure(trial, error)), ...given(result) };
  }
};

const given = (result: JsonValue | undefined) => (result === undefined ? {} : { result });

/** A failed state would be tried again, be caught, or fail its machine. */
const afterFailure = async ({ at, attempts }: Trial, failure: StateFailure): Promise<Verdict> => {
  const random = () => 1;
  const used = Object.fromEntries(objectsOf(at.state, "Retry").map((_retrier, index) => [index, attempts]));
  const again = retryOf(at.state, failure, used, random);
  if (again) {
    const errorDetails = { retryIndex: again.index, retryBackoffIntervalSeconds: Math.round(again.delayMs / 1000) };
    return { status: "RETRIABLE", failure, errorDetails };
  }
  const spent = retryOf(at.state, failure, {}, random);
  const retried: JsonObject = spent ? { retryIndex: spent.index } : {};
  const catcher = catcherOf(at.state, failure);
  if (!catcher) return { status: "FAILED", failure, ...(spent ? { errorDetails: retried } : {}) };
  const next = textOf(catcher, "Next");
  return {
    status: "CAUGHT_ERROR",
    exit: await exitByCatch(at, catcher, failure),
    ...(next === undefined ? {} : { next }),
    failure,
    errorDetails: { ...retried, catchIndex: objectsOf(at.state, "Catch").indexOf(catcher) },
  };
};
