import type { JsonObject } from "../../../kernel/json.ts";
import { validationError } from "../errors.ts";
import type { SignalRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** How many signals must come, and by when. */
export interface SignalsWanted {
  readonly count: number;
  readonly timeoutMs: number;
}

const DEFAULT_TIMEOUT_MS = 5 * 60_000;
const MAX_TIMEOUT_MS = 12 * 3_600_000;

/**
 * What a CreationPolicy waits for; undefined when it waits for nothing.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html
 */
export const signalsWanted = (policy: JsonObject | undefined): SignalsWanted | undefined => {
  const asked = policy?.["ResourceSignal"];
  if (typeof asked !== "object" || asked === null || Array.isArray(asked)) return undefined;
  const count = Number(Reflect.get(asked, "Count") ?? 1);
  const timeout: unknown = Reflect.get(asked, "Timeout");
  if (!Number.isInteger(count) || count < 0) throw validationError("Count of a ResourceSignal must be a whole number");
  return { count, timeoutMs: timeout === undefined ? DEFAULT_TIMEOUT_MS : durationMs(String(timeout)) };
};

/** Waits until as many signals as are wanted have come; throws when one tells of a failure, or when they come too late. */
export const awaitSignals = async (
  room: Room,
  owner: string,
  { count, timeoutMs }: SignalsWanted,
  signal: AbortSignal,
): Promise<void> => {
  await collectSignals(room, owner, {
    count,
    timeoutMs,
    signal,
    failed: (id) => `Received FAILURE signal with UniqueId ${id}`,
    late: (received) => `Failed to receive ${count - received} resource signal(s) within the specified duration`,
  });
  room.tables.signals.clear({ prefix: [owner] });
};

interface Waiting extends SignalsWanted {
  readonly signal: AbortSignal;
  readonly failed: (id: string, record: SignalRecord) => string;
  readonly late: (received: number) => string;
}

/** The signals that have come to an owner, by their ids, once there are enough of them. */
export const collectSignals = async (
  room: Room,
  owner: string,
  { count, timeoutMs, signal, failed, late }: Waiting,
): Promise<ReadonlyMap<string, SignalRecord>> => {
  const over = new AbortController();
  const timeUp = room.clock.sleep(timeoutMs, AbortSignal.any([signal, over.signal])).then(() => "late" as const);
  timeUp.catch(() => {});
  try {
    for (;;) {
      const arrived = room.responses.arrival(owner, signal);
      const received = signalsOf(room, owner);
      const bad = [...received].find(([, { isSuccess }]) => !isSuccess);
      if (bad !== undefined) throw validationError(failed(...bad));
      if (received.size >= count) return received;
      if ((await Promise.race([arrived, timeUp])) === "late") throw validationError(late(received.size));
    }
  } finally {
    over.abort(new Error("the wait is over"));
    room.responses.wake(owner);
  }
};

const signalsOf = ({ tables }: Pick<Room, "tables">, owner: string): ReadonlyMap<string, SignalRecord> =>
  new Map(
    [...tables.signals.range({ prefix: [owner] })].map(({ key, value }) => [
      Array.isArray(key) ? String(key[1]) : "",
      value,
    ]),
  );

const DURATION = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/;

/** An ISO 8601 duration of hours, minutes and seconds. */
const durationMs = (text: string): number => {
  const parts = DURATION.exec(text);
  if (parts === null) throw validationError(`Invalid duration ${text} in a ResourceSignal`);
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const ms = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000;
  return Math.min(ms, MAX_TIMEOUT_MS);
};
