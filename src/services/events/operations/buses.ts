import { busExists, validationError } from "../errors.ts";
import { busName, findBus } from "../find.ts";
import { type BusRecord, DEFAULT_BUS } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "rules" | "buses" | "partition" | "region" | "account" | "clock">;

export const createEventBus =
  (room: Parts): Operation<"CreateEventBus"> =>
  async (ctx, input) => {
    if (input.Name === DEFAULT_BUS || room.buses.has(input.Name)) throw busExists(input.Name);
    const arn = ctx.arn(`event-bus/${input.Name}`);
    room.buses.put(input.Name, {
      name: input.Name,
      arn,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      tags: (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
      createdAt: room.clock.now(),
    });
    return { EventBusArn: arn };
  };

const busView = (bus: BusRecord) => ({
  Name: bus.name,
  Arn: bus.arn,
  Description: bus.description,
  Policy: bus.policy,
});

export const describeEventBus =
  (room: Parts): Operation<"DescribeEventBus"> =>
  async (_ctx, input) =>
    busView(findBus(room, input.Name));

export const listEventBuses =
  (room: Parts): Operation<"ListEventBuses"> =>
  async (_ctx, input) => {
    const own = [...room.buses.range()].map(({ value }) => value).filter(({ name }) => name !== DEFAULT_BUS);
    return {
      EventBuses: [findBus(room, undefined), ...own]
        .filter(({ name }) => name.startsWith(input.NamePrefix ?? ""))
        .map(busView),
    };
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
