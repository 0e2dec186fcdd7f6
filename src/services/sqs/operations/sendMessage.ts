import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { principalArn } from "../../../kernel/principal.ts";
import { checkBatch, runBatch } from "../batch.ts";
import { attributesDigest, md5 } from "../digest.ts";
import { batchTooLong, invalidParameter } from "../errors.ts";
import { findQueue } from "../find.ts";
import { MAX_BATCH_BYTES } from "../limits.ts";
import { attributesFrom, bytesOf, checkFifo, sizeLimit } from "../messages/check.ts";
import { enqueue, sequenceNumber } from "../messages/enqueue.ts";
import type { Outgoing } from "../messages/outgoing.ts";
import type { QueueRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const sendMessage =
  (room: Room): Operation<"SendMessage"> =>
  async (ctx, input) =>
    send(room, ctx, findQueue(room, input.QueueUrl), input);

export const sendMessageBatch =
  (room: Room): Operation<"SendMessageBatch"> =>
  async (ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const bytes = input.Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (bytes > MAX_BATCH_BYTES) throw batchTooLong(bytes);
    checkBatch(input.Entries, "SendMessageBatchRequestEntry");
    if (queue.fifo) for (const entry of input.Entries) checkFifoEntry(queue, entry);
    return runBatch(input.Entries, (entry) => {
      checkEntrySize(queue, entry);
      return { Id: entry.Id, ...send(room, ctx, queue, entry) };
    });
  };

/** AWS: what a FIFO queue's message lacks refuses the whole batch, as an invalid value whatever it is. */
const checkFifoEntry = (queue: QueueRecord, entry: Outgoing): void => {
  try {
    checkFifo(queue, entry);
  } catch (error) {
    throw invalidParameter(errorMessage(error));
  }
};

/** AWS: of an entry this is said otherwise than of a single message. */
const checkEntrySize = (queue: QueueRecord, entry: Outgoing): void => {
  const limit = sizeLimit(queue);
  if (bytesOf(entry.MessageBody, attributesFrom(entry.MessageAttributes)) <= limit) return;
  throw invalidParameter(
    `One or more parameters cannot be validated. Reason: Message must be shorter than ${limit} bytes.`,
  );
};

/** AWS: a batch counts as the sum of its messages, with attributes that are wrong and fail their own entry later. */
const sizeOf = ({ MessageBody, MessageAttributes = {} }: Outgoing): number =>
  Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType = "", StringValue = "", BinaryValue } = {}]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      (BinaryValue?.byteLength ?? 0),
    Buffer.byteLength(MessageBody),
  );

const send = (room: Room, ctx: Context, queue: QueueRecord, outgoing: Outgoing) => {
  const { messageId, sequence } = enqueue(room, queue, outgoing, { id: senderOf(ctx), traceId: ctx.traceId });
  const digest = attributesDigest(attributesFrom(outgoing.MessageAttributes));
  const systemDigest = attributesDigest(attributesFrom(outgoing.MessageSystemAttributes));
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(outgoing.MessageBody),
    ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest }),
    ...(systemDigest === undefined ? {} : { MD5OfMessageSystemAttributes: systemDigest }),
    ...(queue.fifo ? { SequenceNumber: sequenceNumber(sequence) } : {}),
  };
};

const senderOf = ({ principal }: Context): string =>
  "userId" in principal ? principal.userId : principalArn(principal);
