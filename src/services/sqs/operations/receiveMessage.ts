import { milliseconds } from "../attributes.ts";
import { invalidValue } from "../errors.ts";
import { findQueue } from "../find.ts";
import { MAX_RECEIVED_MESSAGES, MAX_VISIBILITY_SECONDS, MAX_WAIT_SECONDS } from "../limits.ts";
import { nextDue } from "../messages/shelf.ts";
import { take } from "../messages/take.ts";
import type { MessageRecord, QueueRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { messageView } from "../views.ts";
import { within } from "../within.ts";

export const receiveMessage =
  (room: Room): Operation<"ReceiveMessage"> =>
  async (ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const max = within("MaxNumberOfMessages", input.MaxNumberOfMessages ?? 1, 1, MAX_RECEIVED_MESSAGES);
    const visibility = seconds("VisibilityTimeout", input.VisibilityTimeout, MAX_VISIBILITY_SECONDS);
    const wait = seconds("WaitTimeSeconds", input.WaitTimeSeconds, MAX_WAIT_SECONDS);
    const asked = {
      max,
      visibilityMs: visibility === undefined ? milliseconds(queue, "VisibilityTimeout") : visibility * 1000,
      until:
        room.clock.now() + (wait === undefined ? milliseconds(queue, "ReceiveMessageWaitTimeSeconds") : wait * 1000),
    };
    const messages = await poll(room, queue, asked, ctx.signal);
    if (messages.length === 0) {
      room.meter("NumberOfEmptyReceives", queue.name);
      return {};
    }
    room.meter("NumberOfMessagesReceived", queue.name, messages.length);
    const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
    return { Messages: messages.map((each) => messageView(each, system, input.MessageAttributeNames ?? [])) };
  };

interface Asked {
  readonly max: number;
  readonly visibilityMs: number;
  readonly until: number;
}

/** Long polling: looks again whenever something arrives or comes back into sight, until the time is over. */
const poll = async (
  room: Room,
  queue: QueueRecord,
  asked: Asked,
  signal: AbortSignal,
): Promise<readonly MessageRecord[]> => {
  for (;;) {
    const messages = take(room, queue, asked.max, asked.visibilityMs);
    const now = room.clock.now();
    const over = now >= asked.until || signal.aborted || room.arrivals.closed || !room.queues.has(queue.name);
    if (messages.length > 0 || over) return messages;
    await somethingNew(
      room,
      queue.name,
      Math.min(asked.until, nextDue(room, queue.name, now) ?? asked.until) - now,
      signal,
    );
  }
};

const somethingNew = async (room: Room, queue: string, ms: number, signal: AbortSignal): Promise<void> => {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  try {
    await Promise.race([room.arrivals.next(queue, either), room.clock.sleep(ms, either)]);
  } catch (error) {
    // The caller went away: there is nobody to answer, and nothing to report.
    if (!signal.aborted) throw error;
  } finally {
    done.abort();
  }
};

const seconds = (name: string, value: number | undefined, max: number): number | undefined => {
  if (value === undefined || (value >= 0 && value <= max)) return value;
  throw invalidValue(value, name, `Must be >= 0 and <= ${max}, if provided.`);
};
