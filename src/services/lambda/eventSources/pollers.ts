import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { pollQueue } from "./queuePoller.ts";
import { pollStream } from "./streamPoller.ts";

/** Begins to feed a function, or begins anew after a change. */
export const startPoller = (room: Room, mapping: EventSourceRecord): void => {
  const poll = mapping.kind === "sqs" ? pollQueue : pollStream;
  room.polling.start(mapping.uuid, (signal) => poll(room, mapping, signal));
};

/** Takes up what was being fed when the process ended. */
export const resumePollers = (room: Room): void => {
  for (const { value } of room.eventSources.range()) if (value.enabled) startPoller(room, value);
};
