import type { JsonObject } from "../../kernel/json.ts";
import { HeartbeatMissed, type StateFailure } from "./failure.ts";
import { listOf, numberOf, objectsOf, textOf } from "./values.ts";

const MAX_ATTEMPTS = 3;
const BACKOFF_RATE = 2;

/** What a failed state does again, and when. */
export interface Again {
  /** Which entry of Retry. */
  readonly index: number;
  readonly delayMs: number;
}

/** The retrier that takes up a failure, unless its attempts are used up. `used` counts attempts by retrier. */
export const retryOf = (
  state: JsonObject,
  failure: StateFailure,
  used: Readonly<Record<string, number>>,
  random: () => number,
): Again | undefined => {
  const retriers = objectsOf(state, "Retry");
  const index = retriers.findIndex((retrier) => handles(retrier, failure));
  const retrier = retriers[index];
  if (!retrier) return undefined;
  const attempts = used[index] ?? 0;
  if (attempts >= (numberOf(retrier, "MaxAttempts") ?? MAX_ATTEMPTS)) return undefined;
  const interval = numberOf(retrier, "IntervalSeconds") ?? 1;
  const grown = interval * (numberOf(retrier, "BackoffRate") ?? BACKOFF_RATE) ** attempts;
  const seconds = Math.min(grown, numberOf(retrier, "MaxDelaySeconds") ?? Number.POSITIVE_INFINITY);
  const jitter = textOf(retrier, "JitterStrategy") === "FULL" ? random() : 1;
  return { index, delayMs: Math.round(seconds * 1000 * jitter) };
};

/** The first catcher that takes a failure. */
export const catcherOf = (state: JsonObject, failure: StateFailure): JsonObject | undefined =>
  objectsOf(state, "Catch").find((catcher) => handles(catcher, failure));

/** AWS: States.ALL takes all but States.DataLimitExceeded and States.Runtime; States.TaskFailed all but a timeout too. */
const handles = (handler: JsonObject, failure: StateFailure): boolean =>
  listOf(handler["ErrorEquals"]).some((name) => {
    const { error } = failure;
    if (error === "States.Runtime") return false;
    if (name === error) return true;
    if (name === "States.HeartbeatTimeout") return failure instanceof HeartbeatMissed;
    if (error === "States.DataLimitExceeded") return false;
    return name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout");
  });
