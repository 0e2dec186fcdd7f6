import { StateFailure } from "../../../engines/states/failure.ts";
import type { TaskWork } from "../../../engines/states/model.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import type { Room } from "../room.ts";

/** Writes down a task that somebody else is to end, and for an activity puts it in the queue of its workers. */
export const offer = (room: Room, { token, args }: TaskWork, activity?: string): void => {
  if (room.tokens.has(token)) return;
  const beatAt = room.deps.clock.now();
  room.deps.records.atomically(() => {
    const work = activity === undefined ? {} : { activity, input: JSON.stringify(args) };
    room.tokens.put(token, { token, beatAt, ...work });
    if (activity !== undefined) room.queue.put([activity, beatAt, token], token);
  });
  if (activity !== undefined) room.bells.ring(activity);
};

/** Waits for what SendTaskSuccess or SendTaskFailure says. */
export const awaitToken = async (room: Room, work: TaskWork): Promise<JsonValue> => {
  for (;;) {
    work.signal.throwIfAborted();
    const record = room.tokens.get(work.token);
    if (record?.worker) work.started(record.worker.name === undefined ? {} : { workerName: record.worker.name });
    const result = record?.result;
    if (result && "output" in result) return result.output;
    if (result) throw new StateFailure(result.error, result.cause);
    await room.bells.next(work.token, work.signal);
  }
};
