import {
  BatchEntryIdsNotDistinctException,
  EmptyBatchRequestException,
  TooManyEntriesInBatchRequestException,
} from "@aws-sdk/client-sns";
import { errorCode, errorMessage, NotImplemented } from "../../../kernel/errors.ts";
import { deliver } from "../delivery/deliver.ts";
import { invalidParameter } from "../errors.ts";
import { known, nextSequence, orderingOf, remember } from "../fifo.ts";
import { findTopic } from "../find.ts";
import { MAX_BATCH_ENTRIES, MAX_KEPT_MESSAGES, MAX_MESSAGE_BYTES, MAX_SUBJECT_LENGTH } from "../limits.ts";
import type { MessageAttribute, MessageRecord, TopicRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const publish =
  (room: Room): Operation<"Publish"> =>
  async (_ctx, input) => {
    if (input.PhoneNumber !== undefined) throw new NotImplemented("SNS messages to phone numbers");
    const arn = input.TopicArn ?? input.TargetArn;
    if (arn === undefined) throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
    const message = publishTo(room, findTopic(room, arn), input);
    return {
      MessageId: message.messageId,
      ...(message.sequenceNumber ? { SequenceNumber: message.sequenceNumber } : {}),
    };
  };

export const publishBatch =
  (room: Room): Operation<"PublishBatch"> =>
  async (_ctx, input) => {
    const topic = findTopic(room, input.TopicArn);
    const entries = input.PublishBatchRequestEntries;
    if (entries.length === 0)
      throw new EmptyBatchRequestException({
        message: "The batch request doesn't contain any entries.",
        $metadata: {},
      });
    if (entries.length > MAX_BATCH_ENTRIES) {
      throw new TooManyEntriesInBatchRequestException({
        message: "The batch request contains more entries than permissible.",
        $metadata: {},
      });
    }
    if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
      throw new BatchEntryIdsNotDistinctException({
        message: "Two or more batch entries in the request have the same Id.",
        $metadata: {},
      });
    }
    const results = entries.map((entry) => {
      try {
        const { messageId, sequenceNumber } = publishTo(room, topic, entry);
        return {
          sent: { Id: entry.Id, MessageId: messageId, ...(sequenceNumber ? { SequenceNumber: sequenceNumber } : {}) },
        };
      } catch (error) {
        return { failed: { Id: entry.Id, Code: errorCode(error), Message: errorMessage(error), SenderFault: true } };
      }
    });
    return {
      Successful: results.flatMap(({ sent }) => (sent ? [sent] : [])),
      Failed: results.flatMap(({ failed }) => (failed ? [failed] : [])),
    };
  };

interface PublishInput {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, AttributeInput>> | undefined;
}

interface AttributeInput {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

type Published = Pick<MessageRecord, "messageId" | "sequenceNumber">;

const publishTo = (room: Room, topic: TopicRecord, input: PublishInput): Published => {
  if (input.Message === "") throw invalidParameter("Empty message");
  if (input.Subject !== undefined && (input.Subject === "" || input.Subject.length > MAX_SUBJECT_LENGTH))
    throw invalidParameter("Subject");
  const ordering = topic.fifo ? orderingOf(topic, input) : {};
  const attributes = Object.fromEntries(
    Object.entries(input.MessageAttributes ?? {}).map(([name, value]) => [name, readAttribute(name, value)]),
  );
  const bytes = Buffer.byteLength(input.Message) + Buffer.byteLength(JSON.stringify(attributes)) - 2;
  if (bytes > MAX_MESSAGE_BYTES) throw invalidParameter("Message too long");
  const again = topic.fifo ? known(room, topic, ordering.deduplicationId) : undefined;
  if (again) return again;
  const byProtocol = input.MessageStructure === "json" ? textsByProtocol(input.Message) : undefined;
  const message: MessageRecord = {
    messageId: room.ids.uuid(),
    topicArn: topic.arn,
    ...(input.Subject === undefined ? {} : { subject: input.Subject }),
    message: byProtocol?.["default"] ?? input.Message,
    ...(byProtocol ? { byProtocol } : {}),
    attributes,
    publishedAt: room.clock.now(),
    ...(input.MessageGroupId === undefined ? {} : { groupId: input.MessageGroupId }),
    ...ordering,
    ...(topic.fifo ? { sequenceNumber: nextSequence(room, topic) } : {}),
  };
  if (topic.fifo) remember(room, message);
  keep(room, message);
  deliver(room, message);
  return message;
};

const readAttribute = (name: string, { DataType, StringValue, BinaryValue }: AttributeInput): MessageAttribute => {
  if (BinaryValue !== undefined) return { type: DataType, value: Buffer.from(BinaryValue).toString("base64") };
  if (StringValue === undefined || StringValue === "") {
    throw invalidParameter(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  return { type: DataType, value: StringValue };
};

/** With MessageStructure json, a message is one document of texts by protocol; `default` is for those not named. */
const textsByProtocol = (text: string): Readonly<Record<string, string>> => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  const texts = Object.entries(typeof document === "object" && document !== null ? document : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const byProtocol = Object.fromEntries(texts);
  if (byProtocol["default"] === undefined)
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  return byProtocol;
};

/** The last messages of a topic stay to be looked at; older ones go. */
const keep = ({ messages }: Pick<Room, "messages">, message: MessageRecord): void => {
  messages.put([message.topicArn, message.publishedAt, message.messageId], message);
  const kept = messages.count({ prefix: [message.topicArn] });
  for (const { key } of messages.range({ prefix: [message.topicArn], limit: Math.max(0, kept - MAX_KEPT_MESSAGES) }))
    messages.delete(key);
};
