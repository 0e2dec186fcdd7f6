import type { Context } from "../../kernel/context.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { ItemCount, StreamPlace, TumblingWindow } from "./source.ts";
import type { StreamItem } from "./streamEvent.ts";

/** Who reads a stream, and what becomes of its records. `Run` is what handling a batch leaves to be told of. */
export interface StreamConsumer<Run> {
  /** A context that may read the stream. */
  readonly context: () => Promise<Context>;
  readonly passes: (record: object) => boolean;
  /** Handles a batch; undefined when there was no room to, which is no failure of the batch. */
  readonly take: (batch: StreamBatch) => Promise<BatchOutcome<Run> | undefined>;
  /** Tells of records that were given up. */
  readonly discarded: (discarded: Discarded<Run>) => Promise<void>;
  readonly place: (lane: number) => StreamPlace;
  readonly reach: (lane: number, place: StreamPlace) => void;
  /** How the last batch went. */
  readonly tell?: (lastResult: string) => void;
  /** How old the newest record of a batch is, in milliseconds. */
  readonly tellAge?: (ageMs: number) => void;
  readonly count?: (name: ItemCount, count: number) => void;
}

export interface StreamBatch {
  readonly items: readonly StreamItem[];
  readonly shardId: string;
  readonly window?: BatchWindow;
}

/** The tumbling window that a batch belongs to. */
export interface BatchWindow extends TumblingWindow {
  readonly endAt: number;
  readonly isLast: boolean;
  readonly isEarly: boolean;
}

export interface BatchOutcome<Run> {
  readonly isSuccess: boolean;
  /** The first item that was not handled; as many as there are when all were. */
  readonly failedAt: number;
  /** The new aggregate of a tumbling window. */
  readonly state?: JsonObject;
  readonly run: Run;
}

export interface Discarded<Run> {
  readonly condition: "RecordAgeExceeded" | "RetryAttemptsExhausted";
  readonly items: readonly StreamItem[];
  readonly attempts: number;
  readonly run: Run | undefined;
  readonly shardId: string;
}
