import { BuildFailure } from "../../../engines/build/failure.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { LOG_EVENT_OVERHEAD_BYTES, MAX_LOG_BYTES, MAX_LOG_EVENTS } from "../limits.ts";
import type { BuildRecord, LogPlace } from "../records.ts";

/** A build's log on its way to CloudWatch Logs. */
export interface CloudWatchLog {
  line(text: string): void;
  /** Resolves when all lines are there. Throws BuildFailure when the role may not put them there. */
  flush(): Promise<void>;
}

/** A log that goes nowhere, for projects that want none. */
export const noLog: CloudWatchLog = { line: () => {}, flush: async () => {} };

/** Makes the log's stream, and its group where there is none, as the build's role; throws BuildFailure when it may not. */
export const openCloudWatchLog = async (
  ctx: Context,
  clock: Clock,
  build: BuildRecord,
  place: LogPlace,
): Promise<CloudWatchLog> => {
  await createStream(ctx, place).catch((error: unknown) => {
    throw denied(build, error);
  });
  return createWriter(ctx, clock, build, place);
};

const createStream = async (ctx: Context, { groupName, streamName }: LogPlace): Promise<void> => {
  const stream = { logGroupName: groupName, logStreamName: streamName };
  try {
    await ctx.call("logs", "CreateLogStream", stream);
  } catch (error) {
    if (errorCode(error) !== "ResourceNotFoundException") throw error;
    await createGroup(ctx, groupName);
    await ctx.call("logs", "CreateLogStream", stream);
  }
};

/** The project's first builds may all find that it is not there yet, and make it at once. */
const createGroup = async (ctx: Context, logGroupName: string): Promise<void> => {
  try {
    await ctx.call("logs", "CreateLogGroup", { logGroupName });
  } catch (error) {
    if (errorCode(error) !== "ResourceAlreadyExistsException") throw error;
  }
};

interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** While one batch is on its way the next gathers: few calls when there is much to say, and none waits when there is little. */
const createWriter = (ctx: Context, clock: Clock, build: BuildRecord, place: LogPlace): CloudWatchLog => {
  let waiting: LogEvent[] = [];
  let sending: Promise<void> | undefined;
  let failure: BuildFailure | undefined;
  const send = async () => {
    while (waiting.length > 0 && !failure) {
      const batch = takeBatch(waiting);
      waiting = waiting.slice(batch.length);
      await ctx
        .call("logs", "PutLogEvents", {
          logGroupName: place.groupName,
          logStreamName: place.streamName,
          logEvents: batch,
        })
        .catch((error: unknown) => {
          failure = denied(build, error);
        });
    }
    sending = undefined;
  };
  return {
    line: (text) => {
      if (failure) return;
      // AWS: the messages keep their line breaks; an event without any text would be refused.
      waiting.push({ timestamp: clock.now(), message: `${text}\n` });
      sending ??= Promise.resolve().then(send);
    },
    flush: async () => {
      while (sending) await sending;
      if (failure) throw failure;
    },
  };
};

const takeBatch = (events: readonly LogEvent[]): LogEvent[] => {
  let bytes = 0;
  const end = events.findIndex(({ message }, index) => {
    bytes += Buffer.byteLength(message) + LOG_EVENT_OVERHEAD_BYTES;
    return index > 0 && (bytes > MAX_LOG_BYTES || index >= MAX_LOG_EVENTS);
  });
  return end < 0 ? [...events] : events.slice(0, end);
};

const denied = ({ settings, arn }: BuildRecord, error: unknown): BuildFailure =>
  new BuildFailure(
    "ACCESS_DENIED",
    `Service role ${settings.serviceRole} does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams for build ${arn}. Error message: ${errorMessage(error)}`,
  );
