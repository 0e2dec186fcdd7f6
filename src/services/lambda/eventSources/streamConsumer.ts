import { itemFailures } from "../../../engines/eventSources/itemFailures.ts";
import { parsed } from "../../../engines/eventSources/parsed.ts";
import type { StreamBatch, StreamConsumer } from "../../../engines/eventSources/streamConsumer.ts";
import type { StreamItem } from "../../../engines/eventSources/streamEvent.ts";
import { filterOf } from "../../../engines/pattern/filter.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type BatchResult, invokeBatch } from "./invokeBatch.ts";
import { mappingContext } from "./mappingContext.ts";
import { countEvents } from "./mappingMetrics.ts";
import { reportDiscarded } from "./streamFailure.ts";

/** Runs a mapping's function with the records of a stream. */
export const streamConsumer = (room: Room, mapping: EventSourceRecord): StreamConsumer<BatchResult> => ({
  context: () => mappingContext(room, mapping),
  passes: filterOf(mapping.filters),
  take: async (batch) => {
    const run = await invokeBatch(room, mapping, eventOf(mapping, batch));
    if (!run) return undefined;
    const isSuccess = run.result.outcome !== "error";
    return { isSuccess, failedAt: firstFailure(mapping, run, batch.items), state: stateIn(run), run };
  },
  discarded: (discarded) => reportDiscarded(room, mapping, discarded),
  place: (lane) => room.eventSourcePlaces.get([mapping.uuid, lane]) ?? {},
  reach: (lane, place) => room.eventSourcePlaces.put([mapping.uuid, lane], place),
  tell: (lastResult) => {
    const record = room.eventSources.get(mapping.uuid);
    if (record && record.lastResult !== lastResult) room.eventSources.put(record.uuid, { ...record, lastResult });
  },
  tellAge: (ageMs) => room.gauge.tell(mapping.functionName, "IteratorAge", ageMs),
  count: (name, count) => countEvents(room, mapping, name, count),
});

const eventOf = ({ sourceArn }: EventSourceRecord, { items, shardId, window }: StreamBatch): object => {
  const Records = items.map(({ record }) => record);
  if (!window) return { Records };
  return {
    Records,
    window: { start: isoSeconds(window.startAt), end: isoSeconds(window.endAt) },
    state: window.state,
    shardId,
    eventSourceARN: sourceArn,
    isFinalInvokeForWindow: window.isLast,
    isWindowTerminatedEarly: window.isEarly,
  };
};

/** The first record a function could not handle; as many as there are when it handled all. */
const firstFailure = (
  { reportsItemFailures }: EventSourceRecord,
  { result }: BatchResult,
  items: readonly StreamItem[],
): number => {
  if (result.outcome === "error") return 0;
  if (!reportsItemFailures) return items.length;
  const sequences = items.map(({ sequence }) => sequence);
  const failed = itemFailures(result.payload.toString(), sequences);
  if (failed === "all") return 0;
  return failed.reduce((least, sequence) => Math.min(least, sequences.indexOf(sequence)), items.length);
};

const stateIn = ({ result }: BatchResult): JsonObject => {
  const document = parsed(result.payload.toString());
  const state = isJsonObject(document) ? document["state"] : undefined;
  return isJsonObject(state) ? state : {};
};

const isoSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
