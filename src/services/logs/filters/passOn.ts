import type { LogEvent, StreamRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { recordEmbedded } from "./embeddedMetrics.ts";
import { recordFiltered } from "./metricFilters.ts";
import { deliver } from "./subscriptions.ts";

/** What becomes of events beside being kept: metrics that filters find or that they hold themselves, subscriptions, and sessions of Live Tail. */
export const passOn = (room: Room, stream: StreamRecord, events: readonly LogEvent[]): void => {
  const { metrics, subscriptions } = room.filters.of(stream.group);
  recordEmbedded(room, events);
  for (const filter of metrics) recordFiltered(room, filter, events);
  for (const filter of subscriptions) deliver(room, filter, stream, events);
  for (const session of room.liveTails) session.hear(stream, events, room.clock.now());
};
