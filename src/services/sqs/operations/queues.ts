import { attributesOf, changedAttributes, checkAttributes, normalized, redriveOf } from "../attributes.ts";
import { invalidParameter, purgeInProgress, queueDoesNotExist, queueNameExists } from "../errors.ts";
import { findQueue, urlOf } from "../find.ts";
import { DEFAULT_PAGE_SIZE, PURGE_INTERVAL_MS } from "../limits.ts";
import { empty } from "../messages/shelf.ts";
import type { QueueRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const createQueue =
  (room: Room): Operation<"CreateQueue"> =>
  async (ctx, input) => {
    const name = input.QueueName;
    const attributes = normalized(given(input.Attributes));
    const fifo = attributes["FifoQueue"] === "true";
    checkName(name, fifo);
    checkAttributes(room, attributes, fifo);
    const existing = room.queues.get(name);
    if (existing) return { QueueUrl: sameQueue(room, existing, attributes) };
    const now = room.clock.now();
    room.queues.put(name, {
      name,
      arn: ctx.arn(name),
      fifo,
      attributes: changedAttributes({}, attributes),
      tags: given(input.tags),
      createdAt: now,
      modifiedAt: now,
    });
    return { QueueUrl: urlOf(room, name) };
  };

/** AWS: making a queue that is there answers it, unless it is to be another. */
const sameQueue = (room: Room, existing: QueueRecord, attributes: Readonly<Record<string, string>>): string => {
  const current = attributesOf(existing);
  const other = Object.keys(attributes).find((name) => attributes[name] !== current[name]);
  if (other !== undefined) throw queueNameExists(other);
  return urlOf(room, existing.name);
};

const checkName = (name: string, fifo: boolean): void => {
  if (fifo && !(name.endsWith(".fifo") && name.length <= 80 && /^[\w-]+$/.test(name.slice(0, -5)))) {
    throw invalidParameter(
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  }
  if (!fifo && !/^[\w-]{1,80}$/.test(name)) {
    throw invalidParameter("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }
};

/** A map as it was given, without what was left open. */
export const given = (map: Readonly<Record<string, string | undefined>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

export const deleteQueue =
  (room: Room): Operation<"DeleteQueue"> =>
  async (_ctx, input) => {
    const { name } = findQueue(room, input.QueueUrl);
    room.records.atomically(() => {
      empty(room, name);
      room.sent.clear({ prefix: [name] });
      room.sequences.delete(name);
      room.moves.clear({ prefix: [name] });
      room.queues.delete(name);
    });
    return {};
  };

export const purgeQueue =
  (room: Room): Operation<"PurgeQueue"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const now = room.clock.now();
    if (queue.purgedAt !== undefined && queue.purgedAt > now - PURGE_INTERVAL_MS) throw purgeInProgress(queue.name);
    empty(room, queue.name);
    // AWS: a purged queue has forgotten what it was sent.
    room.sent.clear({ prefix: [queue.name] });
    room.queues.put(queue.name, { ...queue, purgedAt: now });
    return {};
  };

export const getQueueUrl =
  (room: Pick<Room, "queues" | "endpoint" | "account">): Operation<"GetQueueUrl"> =>
  async (_ctx, input) => {
    const foreign = input.QueueOwnerAWSAccountId !== undefined && input.QueueOwnerAWSAccountId !== room.account;
    if (foreign || !room.queues.has(input.QueueName)) throw queueDoesNotExist();
    return { QueueUrl: urlOf(room, input.QueueName) };
  };

export const listQueues =
  (room: Pick<Room, "queues" | "endpoint" | "account">): Operation<"ListQueues"> =>
  async (_ctx, input) => {
    const names = [...room.queues.range(input.NextToken ? { gt: input.NextToken } : {})].map(({ value }) => value.name);
    return pageOf(
      room,
      names.filter((name) => name.startsWith(input.QueueNamePrefix ?? "")),
      input.MaxResults,
    );
  };

export const listDeadLetterSourceQueues =
  (room: Pick<Room, "queues" | "endpoint" | "account">): Operation<"ListDeadLetterSourceQueues"> =>
  async (_ctx, input) => {
    const { arn } = findQueue(room, input.QueueUrl);
    const sources = [...room.queues.range(input.NextToken ? { gt: input.NextToken } : {})]
      .filter(({ value }) => redriveOf(attributesOf(value)["RedrivePolicy"] ?? "")?.targetArn === arn)
      .map(({ value }) => value.name);
    const { QueueUrls, ...next } = pageOf(room, sources, input.MaxResults);
    return { queueUrls: QueueUrls ?? [], ...next };
  };

const pageOf = (room: Pick<Room, "endpoint" | "account">, names: readonly string[], size = DEFAULT_PAGE_SIZE) => {
  const page = names.slice(0, size);
  const last = page.at(-1);
  return {
    ...(page.length === 0 ? {} : { QueueUrls: page.map((name) => urlOf(room, name)) }),
    ...(names.length > size && last !== undefined ? { NextToken: last } : {}),
  };
};
