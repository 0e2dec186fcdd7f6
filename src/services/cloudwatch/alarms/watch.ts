import { MAX_MISSED_TURNS } from "../limits.ts";
import { gather } from "../metrics/gather.ts";
import type { Room } from "../room.ts";
import { evaluateComposites } from "./composite.ts";
import { evaluateAlarm, periodOf } from "./evaluate.ts";

const MINUTE_MS = 60_000;
/** AWS: alarms on metrics of high resolution are looked at every ten seconds. */
const HIGH_RESOLUTION_TURN_MS = 10_000;

/** Begins to look at the alarms at every turn of the cloud's clock, for as long as there are any. */
export const watch = (room: Room): void => {
  const { watch: state, clock, tasks } = room;
  if (state.isRunning || room.alarms.count() === 0) return;
  state.isRunning = true;
  state.until = clock.now();
  tasks.stand("the watch on alarms", async (signal) => {
    try {
      while (room.alarms.count() > 0) {
        const turn = turnMs(room);
        await clock.sleep(turn - (clock.now() % turn), signal);
        tasks.spawn("the evaluation of alarms", async () => catchUp(room));
      }
    } finally {
      state.isRunning = false;
    }
  });
};

const turnMs = ({ alarms }: Pick<Room, "alarms">): number => {
  for (const { value } of alarms.range()) {
    if (value.kind === "metric" && periodOf(value) < 60) return HIGH_RESOLUTION_TURN_MS;
  }
  return MINUTE_MS;
};

/**
 * Evaluates every turn that passed since the last time, one after the other, so that a clock that leapt misses nothing.
 * Whoever asks for the state of alarms gets it as of now.
 */
export const catchUp = (room: Room): void => {
  const { watch: state, clock } = room;
  const now = clock.now();
  const turn = turnMs(room);
  const last = Math.floor(now / turn) * turn;
  if (last <= state.until || room.alarms.count() === 0) return;
  gather(room);
  const first = Math.max(Math.floor(state.until / turn) * turn + turn, last - MAX_MISSED_TURNS * turn);
  state.until = now;
  for (let at = first; at <= last; at += turn) {
    for (const { value } of room.alarms.range()) if (value.kind === "metric") evaluateAlarm(room, value, at);
    evaluateComposites(room, at);
  }
};
