import type { CallRecord } from "../kernel/callRecord.ts";
import type { CloudEvent, Events } from "../kernel/events.ts";
import type { Ids } from "../kernel/ids.ts";
import { type CallView, callView } from "./calls.ts";
import type { KeptLog } from "./keptLog.ts";

/** What happened, in the order it did: for streams that pick up where they broke off. */
export type JournalEntry =
  | { readonly seq: number; readonly kind: "event"; readonly event: CloudEvent }
  | { readonly seq: number; readonly kind: "call"; readonly call: CallView };

/** An event with its number, as a kept log has it. */
export interface NumberedEvent {
  readonly seq: number;
  readonly event: CloudEvent;
}

/** Where a journal keeps itself over a restart; what is absent is not kept. */
export interface KeptLogs {
  readonly calls?: KeptLog<CallView> | undefined;
  readonly events?: KeptLog<NumberedEvent> | undefined;
}

/** The cloud's recent events and calls. */
export interface Journal extends Disposable {
  /** Tells the sequences of two processes apart. */
  readonly epoch: string;
  readonly lastSeq: number;
  recordCall(call: CallRecord): void;
  /** Notes a call that has begun and will take a while, until one of its segment is recorded. */
  begin(call: CallRecord): void;
  /** What has begun and not ended, in the order in which it did. */
  underWay(): Iterable<CallView>;
  events(after: number): readonly JournalEntry[];
  /** The newest first, those of earlier processes among them. */
  calls(): Iterable<CallView>;
  /** The newest first, those of earlier processes among them. */
  allEvents(): Iterable<CloudEvent>;
  callsAfter(after: number): readonly JournalEntry[];
  /** The oldest number from which on nothing is missing. */
  readonly completeFrom: number;
  /** Forgets everything, and has those who follow begin anew. */
  clear(): void;
  /** Calls the listener when something was added. */
  watch(listener: () => void): () => void;
}

/** Rings of their own, so that a flood of calls does not wash the events away. */
const MAX_EVENTS = 5000;
const MAX_CALLS = 10_000;
/** What is beyond these is told when it has ended. */
const MAX_UNDER_WAY = 1000;

export const createJournal = (source: Events, ids: Ids, kept: KeptLogs = {}): Journal => {
  const events = new Ring<CloudEvent>(MAX_EVENTS);
  const calls = new Ring<CallRecord>(MAX_CALLS);
  const underWay = new Map<string, { readonly seq: number; readonly value: CallRecord }>();
  const watchers = new Set<() => void>();
  let seq = 0;
  let epoch: string | undefined;
  /** This process's calls, the newest first. */
  const own = function* () {
    for (const { seq: at, value } of calls.newestFirst()) yield callView(at, value);
  };
  const ownEvents = function* () {
    for (const { seq: at, value } of events.newestFirst()) yield { seq: at, event: value };
  };
  const tell = () => {
    for (const watcher of watchers) watcher();
  };
  source.subscribe((event) => {
    events.push(++seq, event);
    kept.events?.changed(ownEvents);
    tell();
  });
  return {
    get epoch() {
      epoch ??= ids.hex(8);
      return epoch;
    },
    get lastSeq() {
      return seq;
    },
    get completeFrom() {
      return events.lostUpTo;
    },
    recordCall: (call) => {
      if (call.segment !== undefined) underWay.delete(call.segment);
      calls.push(++seq, call);
      kept.calls?.changed(own);
      tell();
    },
    begin: (call) => {
      if (call.segment !== undefined && underWay.size < MAX_UNDER_WAY)
        underWay.set(call.segment, { seq: ++seq, value: call });
    },
    underWay: function* () {
      for (const { seq: at, value } of underWay.values()) yield { ...callView(at, value), running: true };
    },
    events: (after) => events.after(after).map(({ seq: at, value }) => ({ seq: at, kind: "event", event: value })),
    callsAfter: (after) =>
      calls.after(after).map(({ seq: at, value }) => ({ seq: at, kind: "call", call: callView(at, value) })),
    calls: function* () {
      yield* own();
      yield* (kept.calls?.earlier() ?? []).toReversed().slice(0, MAX_CALLS - calls.length);
    },
    allEvents: function* () {
      for (const { event } of ownEvents()) yield event;
      for (const { event } of (kept.events?.earlier() ?? []).toReversed().slice(0, MAX_EVENTS - events.length))
        yield event;
    },
    clear: () => {
      for (const ring of [calls, events]) ring.clear();
      for (const log of [kept.calls, kept.events]) log?.clear();
      underWay.clear();
      epoch = undefined;
      // Who follows the stream has seen less than there is.
      seq += 1;
      tell();
    },
    watch: (listener) => {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    [Symbol.dispose]: () => {
      for (const log of [kept.calls, kept.events]) log?.close();
    },
  };
};

interface Numbered<T> {
  readonly seq: number;
  readonly value: T;
}

/** The last so many values; what is older is overwritten. Numbers lie beside the values: an object for each pair would be one more to move. */
class Ring<T> {
  private readonly values: T[] = [];
  private readonly seqs: number[] = [];
  private readonly max: number;
  private next = 0;
  /** The number of the last value that was overwritten. */
  lostUpTo = 0;

  constructor(max: number) {
    this.max = max;
  }

  push(seq: number, value: T): void {
    this.lostUpTo = this.seqs[this.next] ?? this.lostUpTo;
    this.seqs[this.next] = seq;
    this.values[this.next] = value;
    this.next = (this.next + 1) % this.max;
  }

  clear(): void {
    this.values.length = 0;
    this.seqs.length = 0;
    this.next = 0;
  }

  get length(): number {
    return this.values.length;
  }

  *newestFirst(): Iterable<Numbered<T>> {
    for (let back = 1; back <= this.values.length; back += 1) {
      const at = (this.next - back + this.max) % this.max;
      const [seq, value] = [this.seqs[at], this.values[at]];
      if (seq !== undefined && value !== undefined) yield { seq, value };
    }
  }

  /** Those later than a number, the oldest first. */
  after(seq: number): readonly Numbered<T>[] {
    const found: Numbered<T>[] = [];
    for (const slot of this.newestFirst()) {
      if (slot.seq <= seq) break;
      found.push(slot);
    }
    return found.reverse();
  }
}
