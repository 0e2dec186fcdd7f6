import type { PipeState } from "@aws-sdk/client-pipes";
import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { pipeBusy } from "../errors.ts";
import { MAX_STATE_REASON_LENGTH } from "../limits.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { checkAccess } from "./access.ts";
import { startPolling } from "./poll.ts";

/** Where each state leads to when it fails. A state that is not here does not pass by itself. */
const PASSING = {
  CREATING: "CREATE_FAILED",
  UPDATING: "UPDATE_FAILED",
  STARTING: "START_FAILED",
  STOPPING: "STOP_FAILED",
  DELETING: "DELETE_FAILED",
} as const satisfies Partial<Record<PipeState, PipeState>>;

type Passing = keyof typeof PASSING;

const isPassing = (state: PipeState): state is Passing => state in PASSING;

/** Puts a pipe into a state that passes, and sees to it that it does. AWS: while one passes, no other begins. */
export const beginChange = (room: Room, changed: PipeRecord, state: Passing): PipeRecord => {
  if (isPassing(changed.state)) throw pipeBusy(changed.name, changed.state);
  const { stateReason: _, ...rest } = changed;
  const pipe: PipeRecord = { ...rest, state, changedAt: room.clock.now() };
  room.pipes.put(pipe.name, pipe);
  startSettling(room, pipe.name);
  return pipe;
};

export const startSettling = (room: Room, name: string): void =>
  room.tasks.spawn(`settle the pipe ${name}`, async (signal) => {
    const pipe = room.pipes.get(name);
    const passing = pipe?.state;
    if (!pipe || !passing || !isPassing(passing)) return;
    room.polling.stop(name);
    try {
      await settle(room, pipe);
    } catch (error) {
      if (signal.aborted || !isRefusal(error)) throw error;
      const stateReason = reasonOf(error);
      // Tags may have changed meanwhile.
      const now = room.pipes.get(name) ?? pipe;
      room.pipes.put(name, { ...now, state: PASSING[passing], stateReason });
    }
  });

const reasonOf = (error: unknown): string =>
  `Input parameter is invalid from the request due to : ${errorMessage(error)}`.slice(0, MAX_STATE_REASON_LENGTH);

const settle = async (room: Room, pipe: PipeRecord): Promise<void> => {
  const { name, desiredState } = pipe;
  if (desiredState === "DELETED") {
    room.records.atomically(() => {
      room.pipes.delete(name);
      room.places.clear({ prefix: [name] });
    });
    return;
  }
  if (pipe.state !== "STOPPING") await checkAccess(room, pipe);
  const settled: PipeRecord = { ...(room.pipes.get(name) ?? pipe), state: desiredState };
  room.pipes.put(name, settled);
  if (desiredState === "RUNNING") startPolling(room, settled);
};

/** Takes up what was under way when the process ended. */
export const resumePipes = (room: Room): void => {
  for (const { value } of room.pipes.range()) {
    if (isPassing(value.state)) startSettling(room, value.name);
    if (value.state === "RUNNING") startPolling(room, value);
  }
};
