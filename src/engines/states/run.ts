import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import { StateFailure } from "./failure.ts";
import { type Exit, exitByCatch, type Standing } from "./flow.ts";
import type { Run, Thread } from "./model.ts";
import { catcherOf, retryOf } from "./retry.ts";
import { locate, threadOf } from "./scope.ts";
import { workOf } from "./states.ts";
import { textOf } from "./values.ts";

/** Carries a thread to its end, from wherever it stands, and answers its output. Throws a StateFailure. */
export const runThread = async (run: Run, id: string, signal: AbortSignal): Promise<JsonValue> => {
  for (;;) {
    const { outcome } = threadOf(run, id);
    if (outcome && "output" in outcome) return outcome.output;
    if (outcome) throw new StateFailure(outcome.error, outcome.cause);
    await run.ledger.committed();
    signal.throwIfAborted();
    await step(run, id, signal);
  }
};

const step = async (run: Run, id: string, signal: AbortSignal): Promise<void> => {
  const at = standingOf(run, enter(run, id));
  try {
    const { retryAt } = threadOf(run, id);
    if (retryAt !== undefined) await run.clock.sleep(retryAt - run.clock.now(), signal);
    const { exit, next } = await workOf(run, id, at, { signal, runThread });
    checkSize(at.state, threadOf(run, id).state, exit.output);
    leave(run, id, exit, next);
  } catch (error) {
    if (signal.aborted || !(error instanceof StateFailure)) throw error;
    await fail(run, id, at, told(run, id, error));
  }
};

const enter = (run: Run, id: string): Thread => {
  const thread = threadOf(run, id);
  if (thread.entered) return thread;
  const { state } = locate(run, thread);
  let entered = thread;
  run.ledger.atomically(() => {
    const event = run.ledger.append(`${textOf(state, "Type")}StateEntered`, thread.lastEvent, {
      name: thread.state,
      input: JSON.stringify(thread.input),
      inputDetails: { truncated: false },
    });
    entered = { ...thread, lastEvent: event, entered: { event, at: run.clock.now() } };
    run.ledger.save(entered);
  });
  return entered;
};

/** What a state of a thread may speak of. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
const standingOf = (run: Run, thread: Thread): Standing => {
  const { state, isJsonata } = locate(run, thread);
  const { item, entered, task } = thread;
  const attempts = Object.values(thread.retries).reduce((sum, count) => sum + count, 0);
  return {
    state,
    isJsonata,
    input: thread.input,
    variables: thread.variables,
    chance: run.chance,
    context: {
      ...run.context,
      State: {
        Name: thread.state,
        EnteredTime: new Date(entered?.at ?? run.clock.now()).toISOString(),
        ...(MAY_RETRY.includes(textOf(state, "Type") ?? "") ? { RetryCount: attempts } : {}),
      },
      ...(item === undefined ? {} : { Map: { Item: { Index: item.index, Value: item.value } } }),
      ...(task === undefined ? {} : { Task: { Token: task.token } }),
    },
  };
};

/** AWS: of the others no retries are counted. */
const MAY_RETRY = ["Task", "Parallel", "Map"];

const MAX_DATA_BYTES = 256 * 1024;

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const checkSize = (state: JsonObject, name: string, output: JsonValue): void => {
  if (Buffer.byteLength(JSON.stringify(output)) <= MAX_DATA_BYTES) return;
  // AWS: a task is named by the service it asks.
  const who = /^arn:[^:]*:(?:states:[^:]*:[^:]*:)?([a-z0-9]+)/.exec(textOf(state, "Resource") ?? "")?.[1] ?? name;
  throw new StateFailure(
    "States.DataLimitExceeded",
    `The state/task '${who}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
};

/** Leaves a state: for the next one, or for good. */
const leave = (run: Run, id: string, exit: Exit, next: string | undefined, isCaught = false): void =>
  run.ledger.atomically(() => {
    const thread = threadOf(run, id);
    const { state } = locate(run, thread);
    // AWS: what a catcher assigns is not told.
    const assigned = isCaught ? {} : changed(thread.variables, exit.variables);
    const event = run.ledger.append(`${textOf(state, "Type")}StateExited`, thread.lastEvent, {
      name: thread.state,
      output: JSON.stringify(exit.output),
      outputDetails: { truncated: false },
      ...(Object.keys(assigned).length === 0
        ? {}
        : { assignedVariables: assigned, assignedVariablesDetails: { truncated: false } }),
    });
    run.ledger.clearBelow(id);
    const { scope, variables: _before, item } = thread;
    run.ledger.save({
      id,
      scope,
      state: next ?? thread.state,
      input: exit.output,
      variables: exit.variables,
      lastEvent: event,
      retries: {},
      ...(item === undefined ? {} : { item }),
      ...(next === undefined ? { outcome: { output: exit.output } } : {}),
    });
  });

const changed = (before: JsonObject, after: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, value]) => [name, JSON.stringify(value)] as const)
      .filter(([name, text]) => JSON.stringify(before[name]) !== text),
  );

const DATA_FLOW = [
  "States.Runtime",
  "States.ParameterPathFailure",
  "States.IntrinsicFailure",
  "States.ResultPathMatchFailure",
  "States.QueryEvaluationError",
];

/** AWS: what went wrong in the data flow is told with its state. */
const told = (run: Run, id: string, failure: StateFailure): StateFailure => {
  const thread = threadOf(run, id);
  if (!DATA_FLOW.includes(failure.error) || failure.reason?.startsWith("An error occurred")) return failure;
  const cause = `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.entered?.event ?? 0}). ${failure.reason ?? ""}`;
  return new StateFailure(failure.error, cause, failure.location);
};

/** A state failed: it is tried again, its catcher takes over, or its thread fails. */
const fail = async (run: Run, id: string, at: Standing, failure: StateFailure): Promise<void> => {
  noteEvaluation(run, id, failure);
  const thread = threadOf(run, id);
  if (thread.task) run.forget(thread.task.token);
  const again = retryOf(at.state, failure, thread.retries, run.chance.random);
  if (again) {
    const { task: _over, inputs: _given, mapRun: _run, ...rest } = thread;
    const retries = { ...thread.retries, [again.index]: (thread.retries[again.index] ?? 0) + 1 };
    run.ledger.atomically(() => {
      run.ledger.clearBelow(id);
      run.ledger.save({ ...rest, retries, retryAt: run.clock.now() + again.delayMs });
    });
    return;
  }
  noteFailed(run, id, at, failure);
  const catcher = catcherOf(at.state, failure);
  if (!catcher) return end(run, id, failure);
  try {
    leave(run, id, await exitByCatch(at, catcher, failure), textOf(catcher, "Next"), true);
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    end(run, id, told(run, id, error));
  }
};

/** AWS: a state of many lines that is not tried again says that it failed, if it had begun or could not for its expression. */
const noteFailed = (run: Run, id: string, { state }: Standing, { error }: StateFailure): void => {
  const type = textOf(state, "Type");
  const { inputs, mapRun } = threadOf(run, id);
  if ((type !== "Map" && type !== "Parallel") || (!inputs && !mapRun && error !== "States.QueryEvaluationError"))
    return;
  run.ledger.atomically(() => {
    const thread = threadOf(run, id);
    run.ledger.save({ ...thread, lastEvent: run.ledger.append(`${type}StateFailed`, thread.lastEvent, undefined) });
  });
};

const noteEvaluation = (run: Run, id: string, failure: StateFailure): void => {
  if (failure.error !== "States.QueryEvaluationError") return;
  run.ledger.atomically(() => {
    const thread = threadOf(run, id);
    const lastEvent = run.ledger.append("EvaluationFailed", thread.lastEvent, {
      error: failure.error,
      cause: failure.reason ?? "",
      ...(failure.location === undefined ? {} : { location: failure.location }),
      state: thread.state,
    });
    run.ledger.save({ ...thread, lastEvent });
  });
};

const end = (run: Run, id: string, { error, reason }: StateFailure): void => {
  const outcome = { error, ...(reason === undefined ? {} : { cause: reason }) };
  run.ledger.save({ ...threadOf(run, id), outcome });
};
