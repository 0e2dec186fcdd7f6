import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { own } from "../../kernel/own.ts";
import { invalidAttributeName, invalidAttributeValue, unknownAttribute } from "./errors.ts";
import { queueByArn } from "./find.ts";
import { MAX_DELAY_SECONDS, MAX_MESSAGE_BYTES, MAX_VISIBILITY_SECONDS, MAX_WAIT_SECONDS } from "./limits.ts";
import type { QueueRecord } from "./records.ts";
import type { Room } from "./room.ts";

const DEFAULTS: Readonly<Record<string, string>> = {
  DelaySeconds: "0",
  MaximumMessageSize: String(MAX_MESSAGE_BYTES),
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  VisibilityTimeout: "30",
  SqsManagedSseEnabled: "true",
};

const KMS_KEY = "KmsMasterKeyId";
const KMS_REUSE = "KmsDataKeyReusePeriodSeconds";
const SQS_ENCRYPTION = "SqsManagedSseEnabled";

const FIFO_DEFAULTS: Readonly<Record<string, string>> = {
  FifoQueue: "true",
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  FifoThroughputLimit: "perQueue",
};

/** What a queue's attributes are, defaults included. */
export const attributesOf = ({ fifo, attributes }: QueueRecord): Readonly<Record<string, string>> => ({
  ...DEFAULTS,
  ...(fifo ? FIFO_DEFAULTS : {}),
  ...attributes,
});

/** An attribute that counts seconds, in milliseconds. */
export const milliseconds = (queue: QueueRecord, name: string): number => Number(attributesOf(queue)[name]) * 1000;

const range = (min: number, max: number) => (value: string) =>
  /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
const oneOf =
  (...values: readonly string[]) =>
  (value: string) =>
    values.includes(value);
const text = () => true;

const RULES: Readonly<Record<string, (value: string) => boolean>> = {
  ContentBasedDeduplication: oneOf("true", "false"),
  DeduplicationScope: oneOf("messageGroup", "queue"),
  DelaySeconds: range(0, MAX_DELAY_SECONDS),
  FifoQueue: oneOf("true"),
  FifoThroughputLimit: oneOf("perQueue", "perMessageGroupId"),
  KmsDataKeyReusePeriodSeconds: range(60, 86_400),
  KmsMasterKeyId: text,
  MaximumMessageSize: range(1024, MAX_MESSAGE_BYTES),
  MessageRetentionPeriod: range(60, 1_209_600),
  Policy: (value) => value === "" || isJsonObject(parsed(value)),
  ReceiveMessageWaitTimeSeconds: range(0, MAX_WAIT_SECONDS),
  RedriveAllowPolicy: (value) => value === "" || isJsonObject(parsed(value)),
  RedrivePolicy: (value) => value === "" || redriveOf(value) !== undefined,
  SqsManagedSseEnabled: oneOf("true", "false"),
  VisibilityTimeout: range(0, MAX_VISIBILITY_SECONDS),
};

/** Refuses attributes that no queue, or not this kind of queue, may have. */
export const checkAttributes = (
  room: Pick<Room, "queues">,
  attributes: Readonly<Record<string, string>>,
  fifo: boolean,
): void => {
  for (const [name, value] of Object.entries(attributes)) {
    const rule = own(RULES, name);
    if (!rule) throw unknownAttribute(name);
    if (!fifo && Object.hasOwn(FIFO_DEFAULTS, name)) throw onlyForFifo(name);
    if (!rule(value)) throw invalidAttributeValue(name);
  }
  if (attributes[KMS_KEY] && attributes[SQS_ENCRYPTION] === "true") {
    throw invalidAttributeName(
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    );
  }
  const redrive = redriveOf(attributes["RedrivePolicy"] ?? "");
  if (redrive) checkTarget(room, redrive, fifo);
};

/** AWS: what only FIFO queues have is unknown to the others; the later ones of them are told by name. */
const onlyForFifo = (name: string) =>
  name === "DeduplicationScope" || name === "FifoThroughputLimit"
    ? invalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`)
    : unknownAttribute(name);

/** A queue's attributes with changes. AWS: an empty text takes one away, and one kind of encryption the other. */
export const changedAttributes = (
  current: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const changed: Record<string, string> = {
    ...current,
    ...(changes[KMS_KEY] ? { [SQS_ENCRYPTION]: "false" } : {}),
    ...changes,
  };
  if (changes[SQS_ENCRYPTION] === "true") delete changed[KMS_KEY];
  if (!changed[KMS_KEY]) delete changed[KMS_REUSE];
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== ""));
};

/** AWS: yes and no may be written in capitals. */
export const normalized = (attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      /^(true|false)$/i.test(value) ? value.toLowerCase() : value,
    ]),
  );

const checkTarget = (room: Pick<Room, "queues">, { targetArn }: Redrive, fifo: boolean): void => {
  const target = queueByArn(room, targetArn);
  if (!target) throw invalidAttributeValue("RedrivePolicy", "Dead letter target does not exist.");
  if (target.fifo !== fifo) {
    throw invalidAttributeValue("RedrivePolicy", "Dead-letter queue must be same type of queue as the source.");
  }
  const allow = parsed(target.attributes["RedriveAllowPolicy"] ?? "");
  if (isJsonObject(allow) && allow["redrivePermission"] === "denyAll") {
    throw invalidAttributeValue("RedrivePolicy", "Dead-letter queue does not allow redrive.");
  }
};

/** Where messages go that were received too often. */
export interface Redrive {
  readonly targetArn: string;
  readonly maxReceiveCount: number;
}

export const redriveOf = (policy: string): Redrive | undefined => {
  const document = parsed(policy);
  if (!isJsonObject(document)) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = document;
  const count = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn !== "string" || !Number.isInteger(count) || count < 1 || count > 1000)
    return undefined;
  return { targetArn: deadLetterTargetArn, maxReceiveCount: count };
};

/** The policy attached to a queue. */
export const policyOf = ({ attributes }: QueueRecord): JsonObject | undefined => {
  const policy = parsed(attributes["Policy"] ?? "");
  return isJsonObject(policy) ? policy : undefined;
};

const parsed = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON: whoever asks refuses it in its own words.
    return undefined;
  }
};
