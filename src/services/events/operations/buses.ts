import { NotImplemented } from "../../../kernel/errors.ts";
import { busExists, validationError } from "../errors.ts";
import { busName, findBus } from "../find.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { nextOf, page } from "../paging.ts";
import { type BusRecord, DEFAULT_BUS } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "rules" | "buses" | "partition" | "region" | "account" | "clock">;

export const createEventBus =
  (room: Parts): Operation<"CreateEventBus"> =>
  async (ctx, input) => {
    if (input.EventSourceName !== undefined) throw new NotImplemented("partner event buses (EventSourceName)");
    if (input.Name === DEFAULT_BUS || room.buses.has(input.Name)) throw busExists(input.Name);
    const arn = ctx.arn(`event-bus/${input.Name}`);
    room.buses.put(input.Name, {
      name: input.Name,
      arn,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.KmsKeyIdentifier === undefined ? {} : { kmsKey: input.KmsKeyIdentifier }),
      ...(input.DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: input.DeadLetterConfig.Arn }),
      tags: (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
      createdAt: room.clock.now(),
    });
    return {
      EventBusArn: arn,
      Description: input.Description,
      KmsKeyIdentifier: input.KmsKeyIdentifier,
      DeadLetterConfig: input.DeadLetterConfig,
    };
  };

/** What is not named is taken away, as AWS's call does. */
export const updateEventBus =
  (room: Parts): Operation<"UpdateEventBus"> =>
  async (_ctx, input) => {
    const { description: _d, kmsKey: _k, deadLetterArn: _l, ...bus } = findBus(room, input.Name);
    room.buses.put(bus.name, {
      ...bus,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.KmsKeyIdentifier === undefined ? {} : { kmsKey: input.KmsKeyIdentifier }),
      ...(input.DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: input.DeadLetterConfig.Arn }),
      changedAt: room.clock.now(),
    });
    return {
      Arn: bus.arn,
      Name: bus.name,
      Description: input.Description,
      KmsKeyIdentifier: input.KmsKeyIdentifier,
      DeadLetterConfig: input.DeadLetterConfig,
    };
  };

const busView = (bus: BusRecord) => ({
  Name: bus.name,
  Arn: bus.arn,
  Description: bus.description,
  Policy: bus.policy,
  CreationTime: new Date(bus.createdAt),
  LastModifiedTime: new Date(bus.changedAt ?? bus.createdAt),
});

export const describeEventBus =
  (room: Parts): Operation<"DescribeEventBus"> =>
  async (_ctx, input) => {
    const bus = findBus(room, input.Name);
    return {
      ...busView(bus),
      KmsKeyIdentifier: bus.kmsKey,
      ...(bus.deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: bus.deadLetterArn } }),
    };
  };

export const listEventBuses =
  (room: Parts): Operation<"ListEventBuses"> =>
  async (_ctx, { NamePrefix = "", NextToken, Limit = DEFAULT_PAGE_SIZE }) => {
    const own = [...room.buses.range()].map(({ value }) => value).filter(({ name }) => name !== DEFAULT_BUS);
    const wanted = [findBus(room, undefined), ...own].filter(({ name }) => name.startsWith(NamePrefix));
    const { items, ...next } = page(wanted, ({ name }) => name, NextToken, Limit);
    return { EventBuses: items.map(busView), ...nextOf(next) };
  };

export const deleteEventBus =
  (room: Parts): Operation<"DeleteEventBus"> =>
  async (_ctx, input) => {
    const name = busName(input.Name);
    if (name === DEFAULT_BUS) throw validationError("Cannot delete event bus default.");
    if (room.rules.count({ prefix: [name] }) > 0)
      throw validationError("Event bus can't be deleted since it has rules.");
    room.buses.delete(name);
    return {};
  };
