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

/**
 * Puts a pipe into a state that passes, and sees it through; answers the pipe as it was in that state, which is what AWS
 * tells of it. While one passes, no other begins.
 */
export const change = async (room: Room, changed: PipeRecord, state: Passing): Promise<PipeRecord> => {
  if (isPassing(changed.state)) throw pipeBusy(changed.name, changed.state);
  const { stateReason: _, ...rest } = changed;
  return begin(room, { ...rest, state, changedAt: room.clock.now() });
};

/** The same of a pipe that is new. */
export const begin = async (room: Room, pipe: PipeRecord): Promise<PipeRecord> => {
  room.pipes.put(pipe.name, pipe);
  await seeThrough(room, pipe.name);
  return pipe;
};

const seeThrough = async (room: Room, name: string): Promise<void> => {
  const pipe = room.pipes.get(name);
  const passing = pipe?.state;
  if (!pipe || !passing || !isPassing(passing)) return;
  room.polling.stop(name);
  try {
    await settle(room, pipe);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Tags may have changed meanwhile.
    const now = room.pipes.get(name) ?? pipe;
    room.pipes.put(name, { ...now, state: PASSING[passing], stateReason: reasonOf(error) });
  }
};

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
    if (isPassing(value.state)) room.tasks.spawn(`settle the pipe ${value.name}`, () => seeThrough(room, value.name));
    if (value.state === "RUNNING") startPolling(room, value);
  }
};
