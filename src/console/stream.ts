import { setTimeout as machineTimeout } from "node:timers/promises";
import type { Journal, JournalEntry } from "./journal.ts";
import type { ConsoleRoute } from "./parts.ts";

/** A page reads no faster than it can show: what comes between two deliveries goes out together. */
const DELIVERY_MS = 150;
/** Calls in one delivery; a flood is told by its number, and the page may ask for the log itself. */
const MAX_CALLS_PER_DELIVERY = 200;

/**
 * Everything that happens, as server-sent events. `Last-Event-ID` takes the stream up where it broke off; where that is no
 * longer possible, since the cloud was started anew or too much has happened, it says `reset`: read everything again.
 */
export const stream: ConsoleRoute = async ({ parts, request, query }) => {
  const last = request.headers["last-event-id"] ?? query.get("after") ?? undefined;
  return {
    status: 200,
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
    body: deliveries(parts.journal, typeof last === "string" ? last : undefined, request.signal),
  };
};

export async function* deliveries(
  journal: Journal,
  last: string | undefined,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const resumed = resumeAt(journal, last);
  let cursor = resumed ?? journal.lastSeq;
  let epoch = journal.epoch;
  yield Buffer.from(resumed === undefined ? message(journal, cursor, "reset", {}) : ":resumed\n\n");
  let wake = () => {};
  const stop = journal.watch(() => wake());
  const woken = () => wake();
  signal.addEventListener("abort", woken, { once: true });
  try {
    while (!signal.aborted) {
      if (journal.lastSeq === cursor) await new Promise<void>((resolve) => (wake = resolve));
      await machineTimeout(DELIVERY_MS, undefined, { signal }).catch(() => {});
      const upTo = journal.lastSeq;
      // The cloud was emptied: what the page shows is no more.
      yield Buffer.from(
        epoch === journal.epoch ? delivery(journal, cursor, upTo) : message(journal, upTo, "reset", {}),
      );
      epoch = journal.epoch;
      cursor = upTo;
    }
  } finally {
    signal.removeEventListener("abort", woken);
    stop();
  }
}

const resumeAt = (journal: Journal, last: string | undefined): number | undefined => {
  const [epoch, seq] = last?.split(".") ?? [];
  const number = Number(seq);
  return epoch === journal.epoch && number >= journal.completeFrom && number <= journal.lastSeq ? number : undefined;
};

const delivery = (journal: Journal, cursor: number, upTo: number): string => {
  const events = journal.events(cursor).map((entry) => entry.kind === "event" && entry.event);
  const calls = journal.callsAfter(cursor).flatMap((entry: JournalEntry) => (entry.kind === "call" ? entry.call : []));
  const shown = calls.slice(-MAX_CALLS_PER_DELIVERY);
  return message(journal, upTo, "happened", { events, calls: shown, skipped: calls.length - shown.length });
};

const message = (journal: Journal, seq: number, type: string, data: object): string =>
  `id: ${journal.epoch}.${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
