import { attributesOf } from "../attributes.ts";
import { invalidMessageContents, invalidParameter, invalidValue, missingParameter } from "../errors.ts";
import {
  MAX_ATTRIBUTE_NAME_BYTES,
  MAX_DELAY_SECONDS,
  MAX_IDENTIFIER_LENGTH,
  MAX_MESSAGE_ATTRIBUTES,
} from "../limits.ts";
import type { AttributeRecord, QueueRecord } from "../records.ts";
import type { Outgoing, OutgoingAttribute } from "./outgoing.ts";

/** A message's attributes as they are kept. Throws AWS's refusal of those that are none. */
export const attributesFrom = (
  attributes: { readonly [name: string]: OutgoingAttribute | undefined } = {},
): Readonly<Record<string, AttributeRecord>> =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      if (value === undefined) return [];
      checkAttributeName(name);
      return [[name, attributeFrom(name, value)]];
    }),
  );

const checkAttributeName = (name: string): void => {
  if (Buffer.byteLength(name) >= MAX_ATTRIBUTE_NAME_BYTES) {
    throw invalidParameter(`Length of message attribute name must be less than ${MAX_ATTRIBUTE_NAME_BYTES} bytes.`);
  }
  const stranger = /[^\p{L}\p{N}_.-]/u.exec(name)?.[0];
  if (stranger !== undefined) {
    throw invalidParameter(
      `Invalid non-alphanumeric character '#x${stranger.codePointAt(0)?.toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  if (/^(aws|amazon)\./i.test(name)) {
    throw invalidParameter(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Invalid name.",
    );
  }
  if (name.startsWith(".") || name.endsWith(".")) {
    const end = name.startsWith(".") ? "starting" : "ending";
    throw invalidParameter(`Invalid message attribute name ${end} with character '.' was found.`);
  }
};

const attributeFrom = (
  name: string,
  { DataType = "", StringValue, BinaryValue }: OutgoingAttribute,
): AttributeRecord => {
  if (!/^(String|Number|Binary)(\.|$)/.test(DataType)) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  if (Buffer.byteLength(DataType) >= MAX_ATTRIBUTE_NAME_BYTES) {
    throw invalidParameter(
      `Invalid length of message attribute type: must be less than ${MAX_ATTRIBUTE_NAME_BYTES} bytes.`,
    );
  }
  if (FORBIDDEN.test(StringValue ?? "")) {
    throw invalidParameter(
      `Invalid binary character was found in the message attribute '${name}' value, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF`,
    );
  }
  if (DataType.startsWith("Binary") && BinaryValue !== undefined && BinaryValue.byteLength > 0) {
    return { type: DataType, value: Buffer.from(BinaryValue).toString("base64"), binary: true };
  }
  if (!DataType.startsWith("Binary") && StringValue) return { type: DataType, value: StringValue, binary: false };
  throw invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`);
};

/** The bytes a message counts: its body with the names, types and values of its attributes. */
export const bytesOf = (body: string, attributes: Readonly<Record<string, AttributeRecord>>): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { type, value, binary }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(value, binary ? "base64" : "utf8"),
    Buffer.byteLength(body),
  );

// biome-ignore lint/suspicious/noControlCharactersInRegex: which control characters a message may not hold is the point.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** The most bytes one message of a queue may count. */
export const sizeLimit = (queue: QueueRecord): number => Number(attributesOf(queue)["MaximumMessageSize"]);

/** Refuses what no message of the queue may be. */
export const checkMessage = (
  queue: QueueRecord,
  { MessageBody, DelaySeconds, MessageGroupId, MessageDeduplicationId }: Outgoing,
  attributes: Readonly<Record<string, AttributeRecord>>,
): void => {
  if (MessageBody === "") throw missingParameter("MessageBody");
  if (FORBIDDEN.test(MessageBody)) throw invalidMessageContents();
  if (Object.keys(attributes).length > MAX_MESSAGE_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [${MAX_MESSAGE_ATTRIBUTES}].`,
    );
  }
  const limit = sizeLimit(queue);
  if (bytesOf(MessageBody, attributes) > limit) {
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
  }
  if (DelaySeconds !== undefined && (DelaySeconds < 0 || DelaySeconds > MAX_DELAY_SECONDS)) {
    throw invalidValue(DelaySeconds, "DelaySeconds", `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`);
  }
  checkIdentifier("MessageGroupId", MessageGroupId);
  checkIdentifier("MessageDeduplicationId", MessageDeduplicationId);
};

const IDENTIFIER = new RegExp(`^[\\x21-\\x7e]{1,${MAX_IDENTIFIER_LENGTH}}$`);

const checkIdentifier = (name: string, value: string | undefined): void => {
  if (value === undefined || IDENTIFIER.test(value)) return;
  throw invalidValue(
    value,
    name,
    `${name} can only include alphanumeric and punctuation characters. 1 to ${MAX_IDENTIFIER_LENGTH} in length.`,
  );
};

/** Refuses what no message of a FIFO queue may lack or have. */
export const checkFifo = (
  queue: QueueRecord,
  { DelaySeconds, MessageGroupId, MessageDeduplicationId }: Outgoing,
): void => {
  if (MessageGroupId === undefined) throw missingParameter("MessageGroupId");
  if (DelaySeconds) {
    throw invalidValue(
      DelaySeconds,
      "DelaySeconds",
      "The request include parameter that is not valid for this queue type.",
    );
  }
  if (MessageDeduplicationId === undefined && attributesOf(queue)["ContentBasedDeduplication"] !== "true") {
    throw invalidParameter(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
};
