import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { attributesOf, checkAttributes, policyOf } from "../attributes.ts";
import { invalidParameter, unknownAttribute } from "../errors.ts";
import { findQueue } from "../find.ts";
import { countMessages } from "../messages/take.ts";
import type { QueueRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { given } from "./queues.ts";

export const getQueueAttributes =
  (room: Room): Operation<"GetQueueAttributes"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const all = allAttributes(room, queue);
    const names = input.AttributeNames ?? [];
    const unknown = names.find((name) => name !== "All" && !KNOWN.has(name) && !Object.hasOwn(all, name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
    const wanted: readonly string[] = names;
    const chosen = Object.entries(all).filter(([name]) => wanted.includes("All") || wanted.includes(name));
    return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
  };

/** Attributes that a queue may have and this one need not. */
const KNOWN: ReadonlySet<string> = new Set([
  "Policy",
  "RedrivePolicy",
  "RedriveAllowPolicy",
  "KmsMasterKeyId",
  "KmsDataKeyReusePeriodSeconds",
  "FifoQueue",
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "FifoThroughputLimit",
]);

const allAttributes = (room: Room, queue: QueueRecord): Readonly<Record<string, string>> => {
  const { visible, delayed, inFlight } = countMessages(room, queue, room.clock.now());
  return {
    ...attributesOf(queue),
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
  };
};

export const setQueueAttributes =
  (room: Pick<Room, "queues" | "clock">): Operation<"SetQueueAttributes"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const changes = given(input.Attributes);
    checkAttributes(room, changes, queue.fifo);
    put(room, queue, changes);
    return {};
  };

/** AWS: an empty text takes an attribute away. */
const put = (
  { queues, clock }: Pick<Room, "queues" | "clock">,
  queue: QueueRecord,
  changes: Readonly<Record<string, string>>,
): void => {
  const attributes = Object.entries({ ...queue.attributes, ...changes }).filter(([, value]) => value !== "");
  queues.put(queue.name, { ...queue, attributes: Object.fromEntries(attributes), modifiedAt: clock.now() });
};

export const addPermission =
  (room: Pick<Room, "queues" | "clock">): Operation<"AddPermission"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const statements = statementsOf(queue);
    if (statements.some((statement) => statement["Sid"] === input.Label)) {
      throw invalidParameter(`Value ${input.Label} for parameter Label is invalid. Reason: Already exists.`);
    }
    const statement = {
      Sid: input.Label,
      Effect: "Allow",
      Principal: { AWS: input.AWSAccountIds.map((account) => `arn:aws:iam::${account}:root`) },
      Action: input.Actions.map((action) => `SQS:${action}`),
      Resource: queue.arn,
    };
    putPolicy(room, queue, [...statements, statement]);
    return {};
  };

export const removePermission =
  (room: Pick<Room, "queues" | "clock">): Operation<"RemovePermission"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const statements = statementsOf(queue);
    if (!statements.some((statement) => statement["Sid"] === input.Label)) {
      throw invalidParameter(
        `Value ${input.Label} for parameter Label is invalid. Reason: can't find label on existing policy.`,
      );
    }
    putPolicy(
      room,
      queue,
      statements.filter((statement) => statement["Sid"] !== input.Label),
    );
    return {};
  };

const statementsOf = (queue: QueueRecord): readonly JsonObject[] => {
  const statements = policyOf(queue)?.["Statement"] ?? [];
  return (Array.isArray(statements) ? statements : [statements]).filter(isJsonObject);
};

const putPolicy = (room: Pick<Room, "queues" | "clock">, queue: QueueRecord, Statement: readonly object[]): void =>
  put(room, queue, {
    Policy:
      Statement.length === 0
        ? ""
        : JSON.stringify({ Version: "2008-10-17", Id: `${queue.arn}/SQSDefaultPolicy`, Statement }),
  });
