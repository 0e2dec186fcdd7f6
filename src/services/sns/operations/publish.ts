import {
  BatchEntryIdsNotDistinctException,
  EmptyBatchRequestException,
  TooManyEntriesInBatchRequestException,
} from "@aws-sdk/client-sns";
import { errorCode, errorMessage, NotImplemented } from "../../../kernel/errors.ts";
import { deliver } from "../delivery/deliver.ts";
import { invalidParameter } from "../errors.ts";
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
        return { sent: { Id: entry.Id, MessageId: publishTo(room, topic, entry).messageId } };
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
  readonly MessageAttributes?: Readonly<Record<string, AttributeInput>> | undefined;
}

interface AttributeInput {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

const publishTo = (room: Room, topic: TopicRecord, input: PublishInput): MessageRecord => {
  if (input.Message === "") throw invalidParameter("Empty message");
  if (input.Subject !== undefined && (input.Subject === "" || input.Subject.length > MAX_SUBJECT_LENGTH))
    throw invalidParameter("Subject");
  if (topic.fifo && input.MessageGroupId === undefined) {
    throw invalidParameter("The MessageGroupId parameter is required for FIFO topics");
  }
  const attributes = Object.fromEntries(
    Object.entries(input.MessageAttributes ?? {}).map(([name, value]) => [name, readAttribute(name, value)]),
  );
  const bytes = Buffer.byteLength(input.Message) + Buffer.byteLength(JSON.stringify(attributes)) - 2;
  if (bytes > MAX_MESSAGE_BYTES) throw invalidParameter("Message too long");
  const message: MessageRecord = {
    messageId: room.ids.uuid(),
    topicArn: topic.arn,
    ...(input.Subject === undefined ? {} : { subject: input.Subject }),
    message: input.MessageStructure === "json" ? defaultMessage(input.Message) : input.Message,
    attributes,
    publishedAt: room.clock.now(),
    ...(input.MessageGroupId === undefined ? {} : { groupId: input.MessageGroupId }),
  };
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
const defaultMessage = (text: string): string => {
  try {
    const byProtocol: unknown = JSON.parse(text);
    const usual =
      typeof byProtocol === "object" && byProtocol !== null && "default" in byProtocol ? byProtocol.default : undefined;
    if (typeof usual === "string") return usual;
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  throw invalidParameter("Message Structure - No default entry in JSON message body");
};

/** The last messages of a topic stay to be looked at; older ones go. */
const keep = ({ messages }: Pick<Room, "messages">, message: MessageRecord): void => {
  messages.put([message.topicArn, message.publishedAt, message.messageId], message);
  const kept = messages.count({ prefix: [message.topicArn] });
  for (const { key } of messages.range({ prefix: [message.topicArn], limit: Math.max(0, kept - MAX_KEPT_MESSAGES) }))
    messages.delete(key);
};
