import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { deliver } from "../delivery/deliver.ts";
import {
  batchTooLong,
  emptyBatch,
  endpointDisabled,
  invalidEntryId,
  invalidParameter,
  repeatedEntryId,
  tooManyEntries,
} from "../errors.ts";
import { known, nextSequence, orderingOf, remember } from "../fifo.ts";
import { findTopic } from "../find.ts";
import {
  MAX_BATCH_ENTRIES,
  MAX_ENTRY_ID_LENGTH,
  MAX_KEPT_MESSAGES,
  MAX_MESSAGE_BYTES,
  MAX_SUBJECT_LENGTH,
} from "../limits.ts";
import { type AttributeInput, readAttributes } from "../messageAttributes.ts";
import { topicNameOf } from "../meter.ts";
import { isPhoneNumber } from "../phoneNumber.ts";
import type { EndpointRecord, MessageAttribute, MessageRecord, TopicRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const publish =
  (room: Room): Operation<"Publish"> =>
  async (ctx, input) => {
    if (input.PhoneNumber !== undefined) throw textMessage(input.PhoneNumber);
    const draft = draftOf(targetOf(room, input), input);
    if (draft.bytes > MAX_MESSAGE_BYTES) throw invalidParameter("Message too long");
    const { messageId, sequenceNumber } = publishDraft(room, ctx, draft);
    return { MessageId: messageId, ...(sequenceNumber ? { SequenceNumber: sequenceNumber } : {}) };
  };

const textMessage = (number: string) =>
  isPhoneNumber(number)
    ? new NotImplemented("SNS messages to phone numbers")
    : invalidParameter(`PhoneNumber Reason: ${number} is not valid to publish to`);

const targetOf = (
  room: Room,
  { TopicArn, TargetArn }: { readonly TopicArn?: string | undefined; readonly TargetArn?: string | undefined },
): TopicRecord => {
  const arn = TopicArn ?? TargetArn;
  if (arn === undefined) throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  if (TopicArn === undefined && arn.includes(":endpoint/")) {
    throw notDelivered(room.endpoints.get(arn));
  }
  return findTopic(room, arn);
};

const notDelivered = (endpoint: EndpointRecord | undefined) => {
  if (!endpoint) return invalidParameter("TargetArn Reason: No endpoint found for the target arn specified");
  if (endpoint.attributes["Enabled"] !== "true") return endpointDisabled();
  return new NotImplemented("SNS messages to mobile applications");
};

/** AWS: what is wrong with one entry refuses the whole batch. */
export const publishBatch =
  (room: Room): Operation<"PublishBatch"> =>
  async (ctx, input) => {
    const topic = findTopic(room, input.TopicArn);
    const entries = input.PublishBatchRequestEntries;
    checkEntries(entries.map(({ Id }) => Id));
    const drafts = entries.map((entry) => ({ Id: entry.Id, draft: draftOf(topic, entry) }));
    if (drafts.reduce((sum, { draft }) => sum + draft.bytes, 0) > MAX_MESSAGE_BYTES) throw batchTooLong();
    const Successful = drafts.map(({ Id, draft }) => {
      const { messageId, sequenceNumber } = publishDraft(room, ctx, draft);
      return { Id, MessageId: messageId, ...(sequenceNumber ? { SequenceNumber: sequenceNumber } : {}) };
    });
    return { Successful, Failed: [] };
  };

const checkEntries = (ids: readonly string[]): void => {
  if (ids.length === 0) throw emptyBatch();
  if (ids.length > MAX_BATCH_ENTRIES) throw tooManyEntries();
  if (new Set(ids).size < ids.length) throw repeatedEntryId();
  for (const id of ids) {
    if (id.length > MAX_ENTRY_ID_LENGTH) throw invalidEntryId("is too long", id);
    if (!/^[\w-]+$/.test(id)) throw invalidEntryId("contains an impermissible character", id);
  }
};

interface PublishInput {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, AttributeInput>> | undefined;
}

/** A message that may be published: nothing is wrong with it. */
interface Draft {
  readonly topic: TopicRecord;
  readonly input: PublishInput;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly byProtocol: Readonly<Record<string, string>> | undefined;
  readonly ordering: { readonly deduplicationId?: string };
  readonly bytes: number;
}

const draftOf = (topic: TopicRecord, input: PublishInput): Draft => {
  if (input.Message === "") throw invalidParameter("Empty message");
  if (input.Subject !== undefined && (input.Subject === "" || input.Subject.length > MAX_SUBJECT_LENGTH))
    throw invalidParameter("Subject");
  if (!topic.fifo && input.MessageDeduplicationId !== undefined) {
    throw invalidParameter(
      "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    );
  }
  const byProtocol = input.MessageStructure === "json" ? textsByProtocol(input.Message) : undefined;
  const ordering = topic.fifo ? orderingOf(topic, input) : {};
  const attributes = readAttributes(input.MessageAttributes);
  return { topic, input, attributes, byProtocol, ordering, bytes: bytesOf(input.Message, attributes) };
};

const bytesOf = (message: string, attributes: Readonly<Record<string, MessageAttribute>>): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { type, value }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(value),
    Buffer.byteLength(message),
  );

type Published = Pick<MessageRecord, "messageId" | "sequenceNumber">;

const publishDraft = (room: Room, ctx: Context, draft: Draft): Published => {
  const { topic, input, attributes, byProtocol, ordering } = draft;
  const again = topic.fifo ? known(room, topic, ordering.deduplicationId) : undefined;
  if (again) return again;
  const messageId = room.ids.uuid();
  const message: MessageRecord = {
    messageId,
    topicArn: topic.arn,
    ...(input.Subject === undefined ? {} : { subject: input.Subject }),
    message: byProtocol?.["default"] ?? input.Message,
    ...(byProtocol ? { byProtocol } : {}),
    attributes,
    publishedAt: room.clock.now(),
    ...(input.MessageGroupId === undefined ? {} : { groupId: input.MessageGroupId }),
    ...ordering,
    ...(topic.fifo ? { sequenceNumber: nextSequence(room, topic) } : {}),
    ...room.tracing.publish(topic, messageId, ctx.traceId),
  };
  if (topic.fifo) remember(room, message);
  keep(room, message);
  room.meter("NumberOfMessagesPublished", topicNameOf(topic.arn));
  room.meter("PublishSize", topicNameOf(topic.arn), draft.bytes);
  deliver(room, message);
  return message;
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
