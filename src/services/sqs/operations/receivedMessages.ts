import { checkBatch, runBatch } from "../batch.ts";
import { invalidValue, messageNotInflight } from "../errors.ts";
import { findQueue } from "../find.ts";
import { MAX_VISIBILITY_SECONDS } from "../limits.ts";
import { messageOf } from "../messages/handles.ts";
import { change, remove } from "../messages/shelf.ts";
import type { QueueRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const deleteMessage =
  (room: Room): Operation<"DeleteMessage"> =>
  async (_ctx, input) => {
    drop(room, findQueue(room, input.QueueUrl), input.ReceiptHandle);
    return {};
  };

export const deleteMessageBatch =
  (room: Room): Operation<"DeleteMessageBatch"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    checkBatch(input.Entries, "DeleteMessageBatchRequestEntry");
    return runBatch(input.Entries, ({ Id, ReceiptHandle }) => {
      drop(room, queue, ReceiptHandle);
      return { Id };
    });
  };

/** AWS: deleting what is gone is a success. */
const drop = (room: Room, queue: QueueRecord, handle: string): void => {
  const message = messageOf(room, queue, handle);
  room.meter("NumberOfMessagesDeleted", queue.name);
  if (!message) return;
  remove(room, message);
  // The next of its group may be received now.
  if (queue.fifo) room.arrivals.announce(queue.name);
};

export const changeMessageVisibility =
  (room: Room): Operation<"ChangeMessageVisibility"> =>
  async (_ctx, input) => {
    extend(room, findQueue(room, input.QueueUrl), input.ReceiptHandle, input.VisibilityTimeout);
    return {};
  };

export const changeMessageVisibilityBatch =
  (room: Room): Operation<"ChangeMessageVisibilityBatch"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    checkBatch(input.Entries, "ChangeMessageVisibilityBatchRequestEntry");
    return runBatch(input.Entries, ({ Id, ReceiptHandle, VisibilityTimeout = 0 }) => {
      extend(room, queue, ReceiptHandle, VisibilityTimeout);
      return { Id };
    });
  };

const extend = (room: Room, queue: QueueRecord, handle: string, seconds: number): void => {
  if (seconds < 0 || seconds > MAX_VISIBILITY_SECONDS) {
    throw invalidValue(
      seconds,
      "VisibilityTimeout",
      `VisibilityTimeout must be an integer between 0 and ${MAX_VISIBILITY_SECONDS}.`,
    );
  }
  const message = messageOf(room, queue, handle);
  if (!message) throw messageNotInflight(handle);
  change(room, message, { visibleAt: room.clock.now() + seconds * 1000 });
  if (seconds === 0) room.arrivals.announce(queue.name);
};
