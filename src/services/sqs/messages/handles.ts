import { expiredReceiptHandle, invalidReceiptHandle } from "../errors.ts";
import type { MessageRecord, QueueRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** By what a receiver deletes or holds on to a message. */
export const handleOf = ({ queue, sequence, receipt = "" }: MessageRecord): string =>
  Buffer.from(JSON.stringify([queue, sequence, receipt])).toString("base64url");

/** The message a handle was given for; undefined when it is gone, or was received again since. Throws ReceiptHandleIsInvalid. */
export const messageOf = (room: Handled, queue: QueueRecord, handle: string): MessageRecord | undefined => {
  const { message, isLatest } = namedBy(room, queue, handle);
  return isLatest ? message : undefined;
};

/** The same also by an earlier handle. AWS: of standard queues, each of them says how long the message is out of sight. */
export const messageOfAny = (room: Handled, queue: QueueRecord, handle: string): MessageRecord | undefined => {
  const { message, isLatest } = namedBy(room, queue, handle);
  return isLatest || !queue.fifo ? message : undefined;
};

type Handled = Pick<Room, "messages" | "clock">;

const namedBy = ({ messages, clock }: Handled, queue: QueueRecord, handle: string) => {
  const { name, sequence, receipt } = partsOf(handle);
  if (name !== queue.name) throw invalidReceiptHandle(handle);
  const message = messages.get([name, sequence]);
  const isLatest = message !== undefined && message.receipt === receipt;
  // AWS: in FIFO queues a handle ends with its visibility, since the message may be on its way to another.
  if (queue.fifo && isLatest && message.visibleAt <= clock.now()) throw expiredReceiptHandle(handle);
  return { message, isLatest };
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
