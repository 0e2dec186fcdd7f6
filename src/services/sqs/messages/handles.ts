import { expiredReceiptHandle, invalidReceiptHandle } from "../errors.ts";
import type { MessageRecord, QueueRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** By what a receiver deletes or holds on to a message. */
export const handleOf = ({ queue, sequence, receipt = "" }: MessageRecord): string =>
  Buffer.from(JSON.stringify([queue, sequence, receipt])).toString("base64url");

/**
 * The message a handle was given for; undefined when it is gone. Throws ReceiptHandleIsInvalid.
 * AWS: of standard queues an earlier handle does as well as the last, of FIFO queues none but the last.
 */
export const messageOf = (
  { messages, clock }: Pick<Room, "messages" | "clock">,
  queue: QueueRecord,
  handle: string,
): MessageRecord | undefined => {
  const { name, sequence, receipt } = partsOf(handle);
  if (name !== queue.name) throw invalidReceiptHandle(handle);
  const message = messages.get([name, sequence]);
  const isLatest = message?.receipt === receipt;
  // AWS: in FIFO queues a handle ends with its visibility, since the message may be on its way to another.
  if (queue.fifo && message && isLatest && message.visibleAt <= clock.now()) throw expiredReceiptHandle(handle);
  return isLatest || !queue.fifo ? message : undefined;
};

const partsOf = (handle: string) => {
  try {
    const [name, sequence, receipt] = JSON.parse(Buffer.from(handle, "base64url").toString());
    if (typeof name === "string" && typeof sequence === "number") return { name, sequence, receipt };
  } catch {
    // Not a handle of ours: refused below.
  }
  throw invalidReceiptHandle(handle);
};
