import type { JsonObject } from "../../../kernel/json.ts";
import type { ReplayRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { routeDocument } from "./route.ts";

/** Takes up the replays that a crash cut short, from the last event that was sent. */
export const resumeReplays = (room: Room): void => {
  for (const { value } of room.replays.range()) {
    if (value.state === "STARTING" || value.state === "RUNNING") startReplaying(room, value.name);
  }
};

export const startReplaying = (room: Room, name: string): void =>
  room.tasks.spawn(`replay ${name}`, async (signal) => {
    let replay = change(room, name, { state: "RUNNING" });
    if (!replay) return;
    const { archive, from, to, lastReplayedAt = from } = replay;
    for (const { value: document } of room.archived.range({ prefix: [archive], gte: [archive, lastReplayedAt] })) {
      const at = Date.parse(String(document["time"]));
      if (at > to) break;
      send(room, replay, document);
      // Each event is noted before the next goes, so that a replay can be ended, and taken up, between any two.
      replay = change(room, name, { lastReplayedAt: at });
      if (!replay) return;
      await room.committed();
      signal.throwIfAborted();
    }
    change(room, name, { state: "COMPLETED", endedAt: room.clock.now() });
  });

/** AWS: an event that comes again says by which replay, and is not archived once more. */
const send = (room: Room, { name, bus, ruleArns }: ReplayRecord, document: JsonObject): void => {
  const event = { ...document, "replay-name": name };
  routeDocument(room, bus, event, { isHeard: (arn) => ruleArns?.includes(arn) ?? true });
};

/** Changes a replay that is still on; undefined when it was ended. */
const change = (room: Room, name: string, changes: Partial<ReplayRecord>): ReplayRecord | undefined => {
  const replay = room.replays.get(name);
  if (!replay || replay.state === "CANCELLED" || replay.state === "COMPLETED") return undefined;
  const changed = { ...replay, ...changes };
  room.replays.put(name, changed);
  return changed;
};
