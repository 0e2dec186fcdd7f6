import type { Clock } from "../../kernel/clock.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Tasks } from "../../kernel/tasks.ts";

/** What pollers need of the cloud. */
export interface PollerMeans {
  readonly region: string;
  readonly clock: Clock;
  /** The machine's time, for what must go on while the cloud's stands still. */
  readonly machineClock: Clock;
  readonly tasks: Tasks;
  readonly endpoint: () => string;
}

/** Where items come from, and in which batches they are handed on. */
export interface PolledSource {
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
}

export interface PolledQueue extends PolledSource {
  /** Batches under way at once. */
  readonly maxConcurrency?: number;
}

export interface PolledStream extends PolledSource {
  readonly parallelization: number;
  readonly bisects: boolean;
  /** -1: no bound. The same with the age. */
  readonly maxRetries: number;
  readonly maxAgeSeconds: number;
  readonly tumblingSeconds: number;
}

/** How far one lane of a stream has been read. */
export interface StreamPlace {
  /** The sequence number of the last record that is settled. */
  readonly after?: string;
  /** Where to begin while there is none: as DynamoDB Streams gave it when reading was asked for. */
  readonly iterator?: string;
  /** The shard that is in. */
  readonly shard?: string;
  /** The aggregate of a tumbling window under way. */
  readonly window?: TumblingWindow;
}

export interface TumblingWindow {
  readonly startAt: number;
  readonly state: JsonObject;
}

/** What happens to items, in the names of Lambda's metrics. */
export type ItemCount =
  | "PolledEventCount"
  | "FilteredOutEventCount"
  | "InvokedEventCount"
  | "FailedInvokeEventCount"
  | "DroppedEventCount"
  | "DeletedEventCount";
