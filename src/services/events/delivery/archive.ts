import { matchesPattern } from "../../../engines/pattern/eventPattern.ts";
import { DAY_MS } from "../../../kernel/clock.ts";
import type { ArchiveRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { EventDocument } from "./transform.ts";

/** Keeps an event in those of its bus's archives that want it. */
export const archive = (room: Room, bus: string, document: EventDocument): void => {
  for (const { value } of room.archives.range()) {
    if (value.bus === bus && wants(value, document)) keep(room, value, document);
  }
};

const wants = ({ eventPattern }: ArchiveRecord, document: EventDocument): boolean =>
  eventPattern === undefined || matchesPattern(JSON.parse(eventPattern), document);

const keep = (room: Room, kept: ArchiveRecord, document: EventDocument): void => {
  room.archived.put([kept.name, Date.parse(document.time), document.id], document);
  const added = {
    ...kept,
    eventCount: kept.eventCount + 1,
    sizeBytes: kept.sizeBytes + Buffer.byteLength(JSON.stringify(document)),
  };
  room.archives.put(kept.name, withoutExpired(room, added));
};

/** An archive without the events whose days are over. */
export const withoutExpired = (room: Pick<Room, "archived" | "clock">, kept: ArchiveRecord): ArchiveRecord => {
  if (kept.retentionDays === 0) return kept;
  const until = room.clock.now() - kept.retentionDays * DAY_MS;
  let { eventCount, sizeBytes } = kept;
  for (const { key, value } of room.archived.range({ prefix: [kept.name], lt: [kept.name, until] })) {
    room.archived.delete(key);
    eventCount -= 1;
    sizeBytes -= Buffer.byteLength(JSON.stringify(value));
  }
  return { ...kept, eventCount, sizeBytes };
};
