import { pollQueue } from "../../../engines/eventSources/queuePoller.ts";
import { pollStream } from "../../../engines/eventSources/streamPoller.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { queueConsumer } from "./queueConsumer.ts";
import { streamConsumer } from "./streamConsumer.ts";

/** Begins to feed a function, or begins anew after a change. */
export const startPoller = (room: Room, mapping: EventSourceRecord): void =>
  room.polling.start(mapping.uuid, (signal) =>
    mapping.kind === "sqs"
      ? pollQueue(room, mapping, queueConsumer(room, mapping, signal), signal)
      : pollStream(room, mapping, streamConsumer(room, mapping), signal),
  );

/** Takes up what was being fed when the process ended. */
export const resumePollers = (room: Room): void => {
  for (const { value } of room.eventSources.range()) if (value.enabled) startPoller(room, value);
};
