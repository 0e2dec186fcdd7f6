import { known } from "../../kernel/errors.ts";
import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import { StateFailure } from "./failure.ts";
import { argumentsOf, numberSetting, type Standing } from "./flow.ts";
import { itemsOf, processorOf, selectItem } from "./items.ts";
import type { Means, Run, Thread } from "./model.ts";
import { locate, machineAt, note, threadOf } from "./scope.ts";
import { objectsOf, textOf } from "./values.ts";

/** AWS: at most this many iterations of an inline Map run at a time. */
const MAX_CONCURRENCY = 40;

/** Runs the branches of a Parallel state: the list of their outputs. */
export const runBranches = async (run: Run, id: string, at: Standing, means: Means): Promise<JsonValue> => {
  const branches = objectsOf(at.state, "Branches");
  if (!threadOf(run, id).inputs) {
    const input = await argumentsOf(at);
    begin(
      run,
      id,
      branches.map(() => input),
      "ParallelStateStarted",
    );
  }
  return all(run, id, { kind: "Parallel", concurrency: branches.length }, means, (thread, index, input) => {
    const scope = [...thread.scope, "States", thread.state, "Branches", index];
    return { scope, state: startOf(run, scope), input };
  });
};

/** Runs the items of a Map state. */
export const runItems = async (run: Run, id: string, at: Standing, means: Means): Promise<JsonValue> => {
  const concurrency = (await numberSetting(at, "MaxConcurrency")) || MAX_CONCURRENCY;
  const items = threadOf(run, id).inputs ?? (await itemsOf(at));
  if (!threadOf(run, id).inputs) begin(run, id, items, "MapStateStarted", { length: items.length });
  const selected = await Promise.all(
    items.map((value, index) => selectItem(at, { index, value, of: threadOf(run, id).state })),
  );
  return all(run, id, { kind: "Map", concurrency: Math.min(concurrency, MAX_CONCURRENCY) }, means, (thread, index) => {
    const scope = [...thread.scope, "States", thread.state, processorOf(at.state)];
    const item = { index, value: items[index] ?? null, of: thread.state };
    return { scope, state: startOf(run, scope), input: selected[index] ?? null, item };
  });
};

const startOf = (run: Run, scope: Thread["scope"]): string =>
  known(textOf(machineAt(run.definition, scope), "StartAt"), "where a branch starts");

const begin = (run: Run, id: string, inputs: readonly JsonValue[], type: string, details?: JsonObject): void =>
  run.ledger.atomically(() => {
    const thread = threadOf(run, id);
    const lastEvent = run.ledger.append(type, thread.lastEvent, details);
    run.ledger.save({ ...thread, lastEvent, inputs });
  });

type Child = Pick<Thread, "scope" | "state" | "input" | "item">;

interface Kind {
  readonly kind: "Parallel" | "Map";
  readonly concurrency: number;
}

/** Runs all children of a thread; the first that fails stops the others. */
const all = async (
  run: Run,
  id: string,
  { kind, concurrency }: Kind,
  { signal, runThread }: Means,
  child: (thread: Thread, index: number, input: JsonValue) => Child,
): Promise<JsonValue> => {
  const thread = threadOf(run, id);
  const inputs = thread.inputs ?? [];
  const outputs: JsonValue[] = inputs.map(() => null);
  const failures: StateFailure[] = [];
  const others = new AbortController();
  const either = AbortSignal.any([signal, others.signal]);
  let next = 0;
  let last = thread.lastEvent;
  const worker = async () => {
    for (let index = next++; index < inputs.length && !either.aborted; index = next++) {
      try {
        const after = { ...thread, lastEvent: last };
        const means = { signal: either, runThread };
        outputs[index] = await one(run, after, index, child(thread, index, inputs[index] ?? null), means);
        // AWS: an iteration that begins when another has ended follows its last event.
        if (kind === "Map") last = threadOf(run, `${id}/${index}`).lastEvent;
      } catch (error) {
        others.abort(error);
        if (error instanceof StateFailure) failures.push(error);
        else if (!either.aborted) throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(concurrency, inputs.length) }, worker));
  signal.throwIfAborted();
  const bug = ended.find((result) => result.status === "rejected");
  if (bug?.status === "rejected") throw bug.reason;
  if (others.signal.aborted && failures.length === 0) throw others.signal.reason;
  gather(run, id);
  if (failures[0]) throw failures[0];
  note(run, id, `${kind}StateSucceeded`);
  return outputs;
};

const one = async (
  run: Run,
  parent: Thread,
  index: number,
  child: Child,
  { signal, runThread }: Means,
): Promise<JsonValue> => {
  const id = `${parent.id}/${index}`;
  const name = child.item && { name: child.item.of, index };
  if (!run.ledger.get(id)) start(run, id, parent, child, name);
  const closing = (how: string) => name && note(run, id, `MapIteration${how}`, name);
  try {
    const wasOver = threadOf(run, id).outcome !== undefined;
    const output = await runThread(run, id, signal);
    // AWS: what comes after the Map follows the last state, not the end of its iteration.
    if (!wasOver && name) run.ledger.append("MapIterationSucceeded", threadOf(run, id).lastEvent, name);
    return output;
  } catch (error) {
    if (error instanceof StateFailure) closing("Failed");
    else if (signal.reason instanceof StateFailure) {
      noteAborted(run, id);
      closing("Aborted");
    }
    throw error;
  }
};

const start = (run: Run, id: string, parent: Thread, child: Child, name: JsonObject | undefined): void =>
  run.ledger.atomically(() => {
    const lastEvent = name ? run.ledger.append("MapIterationStarted", parent.lastEvent, name) : parent.lastEvent;
    run.ledger.save({ ...child, id, variables: parent.variables, lastEvent, retries: {} });
  });

/** States that are told of when they are broken off. */
const TOLD = ["Task", "Wait", "Map", "Parallel"];

/** A sibling failed: what this thread was at is over. */
const noteAborted = (run: Run, id: string): void => {
  const thread = threadOf(run, id);
  if (thread.outcome || !thread.entered) return;
  if (thread.task) run.forget(thread.task.token);
  const type = textOf(locate(run, thread).state, "Type") ?? "";
  if (TOLD.includes(type)) note(run, id, `${type}StateAborted`);
};

/** The children are over: their parent goes on after the last of their events. */
const gather = (run: Run, id: string): void => {
  const thread = threadOf(run, id);
  const last = (thread.inputs ?? []).map((_input, index) => run.ledger.get(`${id}/${index}`)?.lastEvent ?? 0);
  run.ledger.save({ ...thread, lastEvent: Math.max(thread.lastEvent, ...last) });
};
