import type { QueueConsumer } from "../../../engines/eventSources/queuePoller.ts";
import { tracesOf } from "../../../engines/eventSources/sqsEvent.ts";
import { filterOf } from "../../../engines/pattern/filter.ts";
import { pipeSession } from "../lifecycle/asPipe.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { patternsOf } from "./patterns.ts";
import { runBatch } from "./runBatch.ts";

/** Takes the messages of a queue through a pipe. */
export const queueConsumer = (room: Room, pipe: PipeRecord, signal: AbortSignal): QueueConsumer => {
  const context = pipeSession(room, pipe);
  return {
    context,
    passes: filterOf(patternsOf(pipe)),
    take: async (messages) => {
      const items = messages.map((message) => ({ id: message.messageId, value: { ...message } }));
      const failed = await runBatch(room, pipe, context, { items, links: tracesOf(messages) }, signal);
      return messages.filter((_message, index) => !failed.has(index));
    },
  };
};
