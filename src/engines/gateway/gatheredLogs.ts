import { parseArn } from "../../kernel/arn.ts";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import type { RoomDeps } from "../../kernel/service.ts";

/** Where lines go. */
export interface LogPlace {
  readonly group: string;
  readonly stream: string;
  /** Whether the gateway makes the group itself, where it is not there. */
  readonly makesGroup?: boolean;
}

export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** Writes lines to CloudWatch Logs, soon. */
export type GatheredLogs = (place: LogPlace, events: readonly LogEvent[]) => void;

/** The group that a destination's ARN names; undefined where it names none, as of a stream of Firehose. */
export const logGroupIn = (destinationArn: string | undefined): string | undefined =>
  /^log-group:(.+?)(?::\*)?$/.exec(parseArn(destinationArn ?? "")?.resource ?? "")?.[1];

/** Entries gather this long, so that a busy API is not one call for each request. */
const GATHER_MS = 50;
const MAX_WAITING = 10_000;

/** Lines for CloudWatch Logs, written by whom `writer` names at the time. */
export const createGatheredLogs = (
  { tasks }: Pick<RoomDeps, "tasks">,
  writer: () => Context | Promise<Context>,
  machineClock: Clock = systemClock(),
): GatheredLogs => {
  const waiting = new Map<string, LogEvent[]>();
  return (place, events) => {
    const key = `${place.group}:${place.stream}`;
    const gathered = waiting.get(key);
    if (gathered) {
      if (gathered.length + events.length <= MAX_WAITING) gathered.push(...events);
      return;
    }
    waiting.set(key, [...events]);
    tasks.spawn(`the log ${place.group}`, async () => {
      await machineClock.sleep(GATHER_MS);
      const batch = waiting.get(key) ?? [];
      waiting.delete(key);
      await deliver(writer, place, batch);
    });
  };
};

const deliver = async (
  writer: () => Context | Promise<Context>,
  { group: logGroupName, stream: logStreamName, makesGroup = false }: LogPlace,
  logEvents: LogEvent[],
): Promise<void> => {
  try {
    const ctx = await writer();
    const put = () => ctx.call("logs", "PutLogEvents", { logGroupName, logStreamName, logEvents });
    if (await orMissing(put())) return;
    if (makesGroup) await orThere(ctx.call("logs", "CreateLogGroup", { logGroupName }));
    // A group that is gone: AWS drops the log then, too.
    if (await orMissing(orThere(ctx.call("logs", "CreateLogStream", { logGroupName, logStreamName })))) await put();
  } catch (error) {
    // AWS: a role that may not be assumed, or may not write, loses its logs and disturbs nobody.
    if (!errorCode(error).startsWith("AccessDenied")) throw error;
  }
};

/** Whether what is asked for was there to be asked. */
const orMissing = async (call: Promise<unknown>): Promise<boolean> => {
  try {
    await call;
    return true;
  } catch (error) {
    if (errorCode(error) === "ResourceNotFoundException") return false;
    throw error;
  }
};

const orThere = async (call: Promise<unknown>): Promise<void> => {
  try {
    await call;
  } catch (error) {
    if (errorCode(error) !== "ResourceAlreadyExistsException") throw error;
  }
};
