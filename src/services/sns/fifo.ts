import { createHash } from "node:crypto";
import { invalidParameter } from "./errors.ts";
import { DEDUPLICATION_MS } from "./limits.ts";
import type { DuplicateRecord, MessageRecord, TopicRecord } from "./records.ts";
import type { Room } from "./room.ts";

interface FifoInput {
  readonly Message: string;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

/** What orders a message of a FIFO topic. https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html */
export const orderingOf = (
  { attributes }: TopicRecord,
  { Message, MessageGroupId, MessageDeduplicationId }: FifoInput,
): { readonly deduplicationId?: string } => {
  if (MessageGroupId === undefined) throw invalidParameter("The MessageGroupId parameter is required for FIFO topics");
  if (MessageDeduplicationId !== undefined) return { deduplicationId: MessageDeduplicationId };
  if (attributes["ContentBasedDeduplication"] !== "true") {
    throw invalidParameter(
      "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
  return { deduplicationId: createHash("sha256").update(Message).digest("hex") };
};

/** The message that was published under the same id within five minutes, if there is one. */
export const known = (
  { duplicates, clock }: Pick<Room, "duplicates" | "clock">,
  { arn }: TopicRecord,
  id = "",
): DuplicateRecord | undefined => {
  const found = duplicates.get([arn, id]);
  return found && found.publishedAt > clock.now() - DEDUPLICATION_MS ? found : undefined;
};

export const remember = ({ duplicates }: Pick<Room, "duplicates">, message: MessageRecord): void => {
  const { topicArn, deduplicationId = "", messageId, sequenceNumber = "", publishedAt } = message;
  for (const { key, value } of duplicates.range({ prefix: [topicArn] }))
    if (value.publishedAt <= publishedAt - DEDUPLICATION_MS) duplicates.delete(key);
  duplicates.put([topicArn, deduplicationId], { messageId, sequenceNumber, publishedAt });
};

const FIRST_SEQUENCE = 10_000_000_000_000_000_000n;

/** AWS: numbers of twenty digits that only grow. */
export const nextSequence = ({ topics }: Pick<Room, "topics">, { arn }: TopicRecord): string => {
  const topic = topics.get(arn);
  const published = (topic?.published ?? 0) + 1;
  if (topic) topics.put(arn, { ...topic, published });
  return String(FIRST_SEQUENCE + BigInt(published));
};
