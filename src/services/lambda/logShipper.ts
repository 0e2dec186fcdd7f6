import type { FunctionLogSink, FunctionSpec } from "../../engines/function/spec.ts";
import { type Clock, DAY_MS, systemClock } from "../../kernel/clock.ts";
import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import type { Tasks } from "../../kernel/tasks.ts";

/** Lines gather this long, so that an invocation is one call and not one for each line. */
const GATHER_MS = 20;
/** Those of a stream that was sent some within this time gather as long: under load a call takes many invocations' lines. */
const STEADY_GATHER_MS = 200;
const MAX_BATCH_EVENTS = 10_000;
/** Below what PutLogEvents takes, whatever the messages' encoding makes of them. */
const MAX_BATCH_BYTES = 1_000_000;
const EVENT_OVERHEAD_BYTES = 26;
/** Events that wait for one stream; a function that logs faster than this is cut. */
const MAX_WAITING_EVENTS = 100_000;

interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

export interface LogShipperParts {
  readonly tasks: Tasks;
  /** A context in which calls are made as the function's role. */
  readonly asRole: (spec: FunctionSpec) => Promise<Context>;
  readonly machineClock?: Clock;
}

/** Takes functions' logs to CloudWatch Logs, as each function's own role. What the role may not write is lost, as on AWS. */
export const createLogShipper = ({ tasks, asRole, machineClock = systemClock() }: LogShipperParts): FunctionLogSink => {
  const waiting = new Map<string, LogEvent[]>();
  /** The streams that are there, and when they were last sent something. */
  const made = new Map<string, number>();
  const gatherMs = (stream: string) =>
    machineClock.now() - (made.get(stream) ?? 0) < STEADY_GATHER_MS ? STEADY_GATHER_MS : GATHER_MS;
  const ship = async (spec: FunctionSpec, stream: string, events: LogEvent[]): Promise<void> => {
    await machineClock.sleep(gatherMs(stream));
    const ctx = await asRole(spec);
    while (events.length > 0)
      await send(ctx, { group: spec.logging.group, stream }, nextBatch(events), made.has(stream));
    made.set(stream, machineClock.now());
  };
  return (spec, stream, entry) => {
    // Each environment has a stream of its own, so its name is enough.
    const events = waiting.get(stream);
    if (events) {
      if (events.length < MAX_WAITING_EVENTS) events.push(entry);
      return;
    }
    const fresh = [entry];
    waiting.set(stream, fresh);
    tasks.spawn(`the log of ${spec.functionName}`, async () => {
      try {
        await ship(spec, stream, fresh);
      } catch (error) {
        if (!LOST.has(errorCode(error))) throw error;
      } finally {
        waiting.delete(stream);
      }
    });
  };
};

/** A role that may not log, one that is gone, or a group removed just now. */
const LOST = new Set(["AccessDeniedException", "AccessDenied", "NoSuchEntity", "ResourceNotFoundException"]);

/** AWS takes no more than a day with one call; the cloud's clock may have been moved on within the batch. */
const nextBatch = (events: LogEvent[]): LogEvent[] => {
  const endsAt = (events[0]?.timestamp ?? 0) + DAY_MS;
  let bytes = 0;
  let count = 0;
  for (const { message, timestamp } of events) {
    bytes += Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
    if (count > 0 && (bytes > MAX_BATCH_BYTES || count === MAX_BATCH_EVENTS || timestamp > endsAt)) break;
    count++;
  }
  return events.splice(0, count);
};

interface Target {
  readonly group: string;
  readonly stream: string;
}

const send = async (ctx: Context, target: Target, logEvents: LogEvent[], isMade: boolean): Promise<void> => {
  const { group: logGroupName, stream: logStreamName } = target;
  const put = () => ctx.call("logs", "PutLogEvents", { logGroupName, logStreamName, logEvents });
  if (isMade) {
    try {
      await put();
      return;
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  }
  await makeStream(ctx, target);
  await put();
};

const makeStream = async (ctx: Context, { group, stream }: Target): Promise<void> => {
  const make = () => ctx.call("logs", "CreateLogStream", { logGroupName: group, logStreamName: stream });
  try {
    await make();
  } catch (error) {
    if (errorCode(error) === "ResourceAlreadyExistsException") return;
    if (errorCode(error) !== "ResourceNotFoundException") throw error;
    await makeGroup(ctx, group);
    await make();
  }
};

const makeGroup = async (ctx: Context, logGroupName: string): Promise<void> => {
  try {
    await ctx.call("logs", "CreateLogGroup", { logGroupName });
  } catch (error) {
    // Another environment of the function was quicker.
    if (errorCode(error) !== "ResourceAlreadyExistsException") throw error;
  }
};
