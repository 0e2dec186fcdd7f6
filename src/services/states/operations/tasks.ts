import type { Outcome } from "../../../engines/states/model.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import { invalidOutput, taskTimedOut } from "../errors.ts";
import { findActivity } from "../find.ts";
import { ACTIVITY_POLL_MS } from "../limits.ts";
import type { TokenRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const sendTaskSuccess =
  (room: Room): Operation<"SendTaskSuccess"> =>
  async (_ctx, { taskToken, output }) => {
    end(room, taskToken, { output: outputOf(output) });
    return {};
  };

export const sendTaskFailure =
  (room: Room): Operation<"SendTaskFailure"> =>
  async (_ctx, { taskToken, error, cause }) => {
    end(room, taskToken, { error: error ?? "", ...(cause === undefined ? {} : { cause }) });
    return {};
  };

export const sendTaskHeartbeat =
  (room: Room): Operation<"SendTaskHeartbeat"> =>
  async (_ctx, { taskToken }) => {
    room.tokens.put(taskToken, { ...waiting(room, taskToken), beatAt: room.deps.clock.now() });
    return {};
  };

const outputOf = (text: string | undefined): JsonValue => {
  try {
    return JSON.parse(text ?? "");
  } catch (error) {
    throw invalidOutput(error instanceof Error ? error.message : String(error));
  }
};

const end = (room: Room, token: string, result: Outcome): void => {
  room.tokens.put(token, { ...waiting(room, token), result });
  room.bells.ring(token);
};

/** AWS: a task that has ended, or was never there, does not exist anymore. */
const waiting = ({ tokens }: Room, token: string): TokenRecord => {
  const record = tokens.get(token);
  if (!record || record.result) throw taskTimedOut();
  return record;
};

export const getActivityTask =
  (room: Room): Operation<"GetActivityTask"> =>
  async (ctx, { activityArn, workerName }) => {
    const { name } = findActivity(room, activityArn);
    const over = new AbortController();
    const signal = AbortSignal.any([ctx.signal, over.signal]);
    const time = room.deps.clock.sleep(ACTIVITY_POLL_MS, signal).then(
      () => over.abort(),
      () => {},
    );
    try {
      while (!signal.aborted) {
        const task = take(room, name, workerName);
        if (task) return { taskToken: task.token, input: task.input };
        await room.bells.next(name, signal);
      }
      return {};
    } finally {
      over.abort();
      await time;
    }
  };

/** The task that has waited longest; what nobody waits for any more is passed over. */
const take = (room: Room, activity: string, worker: string | undefined): TokenRecord | undefined => {
  for (const { key, value } of room.queue.range({ prefix: [activity] })) {
    room.queue.delete(key);
    const record = room.tokens.get(value);
    if (!record) continue;
    const taken = { ...record, beatAt: room.deps.clock.now(), worker: worker === undefined ? {} : { name: worker } };
    room.tokens.put(value, taken);
    room.bells.ring(value);
    return taken;
  }
  return undefined;
};
