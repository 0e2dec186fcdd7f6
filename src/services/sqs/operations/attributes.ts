import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { attributesOf, changedAttributes, checkAttributes, normalized, policyOf } from "../attributes.ts";
import { invalidAttributeValue, invalidValue, missingParameter, overLimit, unknownAttribute } from "../errors.ts";
import { findQueue } from "../find.ts";
import { MAX_PERMISSION_ACTIONS } from "../limits.ts";
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
    const changes = normalized(given(input.Attributes));
    if (queue.fifo && (changes["FifoQueue"] ?? "true") !== "true") {
      throw invalidAttributeValue("FifoQueue", "Modifying queue type is not supported.");
    }
    checkAttributes(room, changes, queue.fifo);
    put(room, queue, changes);
    return {};
  };

const put = (
  { queues, clock }: Pick<Room, "queues" | "clock">,
  queue: QueueRecord,
  changes: Readonly<Record<string, string>>,
): void => {
  const attributes = changedAttributes(queue.attributes, changes);
  queues.put(queue.name, { ...queue, attributes, modifiedAt: clock.now() });
};

export const addPermission =
  (room: Pick<Room, "queues" | "clock">): Operation<"AddPermission"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const statements = statementsOf(queue);
    if (statements.some((statement) => statement["Sid"] === input.Label)) {
      throw invalidValue(input.Label, "Label", "Already exists.");
    }
    checkShared(input.Actions, input.AWSAccountIds);
    const statement = {
      Sid: input.Label,
      Effect: "Allow",
      Principal: { AWS: oneOrMany(input.AWSAccountIds.map((account) => `arn:aws:iam::${account}:root`)) },
      Action: oneOrMany(input.Actions.map((action) => `SQS:${action}`)),
      Resource: queue.arn,
    };
    putPolicy(room, queue, [...statements, statement]);
    return {};
  };

/** AWS: what others may be allowed to do with a queue, by this older way to say it. */
const SHARED_ACTIONS: ReadonlySet<string> = new Set([
  "*",
  "ChangeMessageVisibility",
  "DeleteMessage",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
  "ReceiveMessage",
  "SendMessage",
]);

const checkShared = (actions: readonly string[], accounts: readonly string[]): void => {
  if (actions.length === 0) throw missingParameter("Actions");
  if (actions.length > MAX_PERMISSION_ACTIONS) {
    throw overLimit(`${actions.length} Actions were found, maximum allowed is ${MAX_PERMISSION_ACTIONS}.`);
  }
  const owners = actions.find((action) => !SHARED_ACTIONS.has(action));
  if (owners !== undefined) {
    throw invalidValue(`SQS:${owners}`, "ActionName", "Only the queue owner is allowed to invoke this action.");
  }
  const stranger = accounts.find((account) => !/^\d{12}$/.test(account));
  if (stranger !== undefined || accounts.length === 0) {
    throw invalidValue(`[${stranger ?? ""}]`, "PrincipalId", "Unable to verify.");
  }
};

/** A statement's list. AWS: of one, the bare value stands there. */
const oneOrMany = (values: readonly string[]) => (values.length === 1 ? values[0] : values);

export const removePermission =
  (room: Pick<Room, "queues" | "clock">): Operation<"RemovePermission"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const statements = statementsOf(queue);
    if (!statements.some((statement) => statement["Sid"] === input.Label)) {
      throw invalidValue(input.Label, "Label", "can't find label.");
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
