import type { Context } from "../../../kernel/context.ts";
import { principalArn } from "../../../kernel/principal.ts";
import { runBatch } from "../batch.ts";
import { attributesDigest, md5 } from "../digest.ts";
import { batchTooLong } from "../errors.ts";
import { findQueue } from "../find.ts";
import { MAX_BATCH_BYTES } from "../limits.ts";
import { attributesFrom, bytesOf, enqueue, type Outgoing, sequenceNumber } from "../messages/enqueue.ts";
import type { QueueRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const sendMessage =
  (room: Room): Operation<"SendMessage"> =>
  async (ctx, input) =>
    send(room, findQueue(room, input.QueueUrl), input, senderOf(ctx));

export const sendMessageBatch =
  (room: Room): Operation<"SendMessageBatch"> =>
  async (ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const bytes = input.Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (bytes > MAX_BATCH_BYTES) throw batchTooLong(bytes);
    return runBatch(input.Entries, "SendMessageBatchRequestEntry", (entry) => ({
      Id: entry.Id,
      ...send(room, queue, entry, senderOf(ctx)),
    }));
  };

/** AWS: a batch counts as the sum of its messages; attributes that are wrong fail their own entry later. */
const sizeOf = ({ MessageBody }: Outgoing): number => bytesOf(MessageBody, {});

const send = (room: Room, queue: QueueRecord, outgoing: Outgoing, senderId: string) => {
  const { messageId, sequence } = enqueue(room, queue, outgoing, senderId);
  const digest = attributesDigest(attributesFrom(outgoing));
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(outgoing.MessageBody),
    ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest }),
    ...(queue.fifo ? { SequenceNumber: sequenceNumber(sequence) } : {}),
  };
};

const senderOf = ({ principal }: Context): string =>
  "userId" in principal ? principal.userId : principalArn(principal);
