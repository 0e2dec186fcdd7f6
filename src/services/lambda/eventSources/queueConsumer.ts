import { itemFailures } from "../../../engines/eventSources/itemFailures.ts";
import type { QueueConsumer } from "../../../engines/eventSources/queuePoller.ts";
import { type SqsItem, tracesOf } from "../../../engines/eventSources/sqsEvent.ts";
import { filterOf } from "../../../engines/pattern/filter.ts";
import { findVersion } from "../find.ts";
import { isDropped } from "../lineage.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type BatchResult, invokeBatch } from "./invokeBatch.ts";
import { mappingContext } from "./mappingContext.ts";
import { countEvents } from "./mappingMetrics.ts";

/** Between two attempts of a batch that was throttled. */
const THROTTLED_MS = 1000;

/** Runs a mapping's function with the messages of a queue. */
export const queueConsumer = (room: Room, mapping: EventSourceRecord, signal: AbortSignal): QueueConsumer => ({
  context: () => mappingContext(room, mapping),
  passes: filterOf(mapping.filters),
  count: (name, count) => countEvents(room, mapping, name, count),
  take: async (received) => {
    const items = withoutLoops(room, mapping, received);
    return items.length === 0 ? [] : run(room, mapping, items, signal);
  },
});

/** AWS: messages that come of a loop stay in the queue, until that gives them up. */
const withoutLoops = (room: Room, mapping: EventSourceRecord, items: readonly SqsItem[]): readonly SqsItem[] => {
  const record = room.functions.get(mapping.functionName);
  return record ? items.filter((item) => !isDropped(room, record, tracesOf([item]))) : items;
};

const run = async (
  room: Room,
  mapping: EventSourceRecord,
  items: readonly SqsItem[],
  signal: AbortSignal,
): Promise<readonly SqsItem[]> => {
  const giveUpAt = room.clock.now() + timeoutSeconds(room, mapping) * 1000;
  for (;;) {
    const ran = await invokeBatch(room, mapping, { Records: items }, tracesOf(items));
    if (ran) {
      const done = handledItems(mapping, ran, items);
      countEvents(room, mapping, "InvokedEventCount", items.length);
      countEvents(room, mapping, "FailedInvokeEventCount", items.length - done.length);
      return done;
    }
    if (room.clock.now() >= giveUpAt) return [];
    await room.clock.sleep(THROTTLED_MS, signal);
  }
};

const timeoutSeconds = (room: Room, { functionName: name, qualifier }: EventSourceRecord): number => {
  const ctx = room.contextAs({ kind: "service", account: room.account, service: "lambda.amazonaws.com" });
  return findVersion(room, ctx, { name, qualifier: qualifier || undefined }).version.timeoutSeconds;
};

/** What of a batch the function has handled. */
const handledItems = (
  { reportsItemFailures }: EventSourceRecord,
  { result }: BatchResult,
  items: readonly SqsItem[],
): readonly SqsItem[] => {
  if (result.outcome === "error") return [];
  if (!reportsItemFailures) return items;
  const ids = items.map(({ messageId }) => messageId);
  const failed = itemFailures(result.payload.toString(), ids);
  return failed === "all" ? [] : items.filter(({ messageId }) => !failed.includes(messageId));
};
