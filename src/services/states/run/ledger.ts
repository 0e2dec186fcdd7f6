import { StateFailure } from "../../../engines/states/failure.ts";
import type { Ledger, Thread } from "../../../engines/states/model.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { MAX_HISTORY_EVENTS } from "../limits.ts";
import type { ExecutionRecord, HistoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

type OnEvent = (event: HistoryRecord) => void;

/** A standard execution's: in the store. */
export const durableLedger = (room: Room, { id }: ExecutionRecord, onEvent: OnEvent): Ledger => ({
  get: (thread) => room.threads.get([id, thread]),
  save: (thread) => room.threads.put([id, thread.id], thread),
  clearBelow: (thread) => {
    // "0" is the character after "/": all ids that begin with the thread's and a stroke.
    room.threads.clear({ gte: [id, `${thread}/`], lt: [id, `${thread}0`] });
  },
  append: (type, previous, details) =>
    appendEvent(room, id, { type, previous, ...(details ? { details } : {}) }, onEvent),
  atomically: (work) => room.deps.records.atomically(work),
  committed: () => room.deps.records.committed(),
});

type NewEvent = Omit<HistoryRecord, "id" | "at">;

/** Adds to a standard execution's history. */
export const appendEvent = (room: Room, execution: string, event: NewEvent, onEvent?: OnEvent): number => {
  const id = lastEventOf(room, execution) + 1;
  if (id >= MAX_HISTORY_EVENTS && !/^Execution/.test(event.type))
    throw new StateFailure(
      "States.Runtime",
      `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`,
    );
  const record = { ...event, id, at: room.deps.clock.now() };
  room.history.put([execution, id], record);
  onEvent?.(record);
  return id;
};

export const lastEventOf = ({ history }: Pick<Room, "history">, execution: string): number => {
  const [last] = history.values({ prefix: [execution], reverse: true, limit: 1 });
  return last?.id ?? 0;
};

/** An express execution's: AWS keeps none of it, and begins again after a failure of its own. */
export const fleetingLedger = (room: Room, onEvent: OnEvent): Ledger => {
  const threads = new Map<string, Thread>();
  let last = 0;
  return {
    get: (id) => threads.get(id),
    save: (thread) => {
      threads.set(thread.id, thread);
    },
    clearBelow: (id) => {
      for (const below of [...threads.keys()]) if (below.startsWith(`${id}/`)) threads.delete(below);
    },
    append: (type, previous, details?: JsonObject) => {
      last += 1;
      onEvent({ id: last, type, previous, at: room.deps.clock.now(), ...(details ? { details } : {}) });
      return last;
    },
    atomically: (work) => work(),
    // A turn of the event loop, so that a machine that goes round and round lets others run.
    committed: () => new Promise((resolve) => setImmediate(resolve)),
  };
};
