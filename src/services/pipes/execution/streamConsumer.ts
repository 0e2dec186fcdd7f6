import { queueUrl } from "../../../engines/eventSources/queueUrl.ts";
import { streamBatchInfo } from "../../../engines/eventSources/streamBatchInfo.ts";
import type { Discarded, StreamConsumer } from "../../../engines/eventSources/streamConsumer.ts";
import { filterOf } from "../../../engines/pattern/filter.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { isRefusal } from "../../../kernel/errors.ts";
import { plain } from "../../../kernel/resourceReading.ts";
import { pipeSession } from "../lifecycle/asPipe.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { patternsOf } from "./patterns.ts";
import { runBatch } from "./runBatch.ts";

/** Takes the records of a stream through a pipe. */
export const streamConsumer = (room: Room, pipe: PipeRecord, signal: AbortSignal): StreamConsumer<undefined> => {
  const context = pipeSession(room, pipe);
  return {
    context,
    passes: filterOf(patternsOf(pipe)),
    take: async ({ items: records }) => {
      const items = records.map(({ id, record }) => ({ id, value: plain(record) }));
      const failed = await runBatch(room, pipe, context, { items }, signal);
      return { isSuccess: failed.size === 0, failedAt: Math.min(...failed, items.length), run: undefined };
    },
    discarded: async (discarded) => reportDiscarded(room, pipe, await context(), discarded),
    place: (lane) => room.places.get([pipe.name, lane]) ?? {},
    reach: (lane, place) => room.places.put([pipe.name, lane], place),
  };
};

/** Tells a pipe's dead-letter destination of records that were given up, as the pipe's role. */
const reportDiscarded = async (
  room: Room,
  { arn: partnerResourceArn, source, sourceParameters }: PipeRecord,
  ctx: Context,
  discarded: Discarded<undefined>,
): Promise<void> => {
  const destination = sourceParameters.DynamoDBStreamParameters?.DeadLetterConfig?.Arn;
  if (destination === undefined) return;
  const { condition, attempts: approximateInvokeCount } = discarded;
  const text = JSON.stringify({
    context: { partnerResourceArn, condition, approximateInvokeCount },
    version: "1.0",
    timestamp: new Date(room.clock.now()).toISOString(),
    DDBStreamBatchInfo: streamBatchInfo(discarded, source),
  });
  const sent =
    parseArn(destination)?.service === "sqs"
      ? ctx.call("sqs", "SendMessage", { QueueUrl: queueUrl(room, destination), MessageBody: text })
      : ctx.call("sns", "Publish", { TopicArn: destination, Message: text });
  await sent.catch((error: unknown) => {
    // A destination that is gone or forbidden loses the record, as on AWS.
    if (!isRefusal(error)) throw error;
  });
};
