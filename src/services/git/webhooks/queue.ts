import { keyOf } from "../../../engines/git/place.ts";
import { MAX_DELIVERIES } from "../limits.ts";
import type { DeliveryRecord, HookRecord, RepositoryRecord } from "../records.ts";
import { nextNumber, type Room } from "../room.ts";
import { send } from "./send.ts";

/** What a hook is to be told. */
export interface HookEvent {
  readonly event: string;
  readonly action: string | null;
  readonly payload: object;
}

/** The hooks that want an event. */
export const hooksFor = (room: Room, repository: RepositoryRecord, event: string): readonly HookRecord[] =>
  [...room.hooks.values({ prefix: keyOf(repository) })].filter(
    ({ active, events }) => active && (events.includes(event) || events.includes("*")),
  );

/** Keeps a delivery and sends it in the background; what a crash leaves unsent goes out at the next start. */
export const queue = (room: Room, repository: RepositoryRecord, hook: HookRecord, event: HookEvent): DeliveryRecord => {
  const { id: hookId, ...config } = hook;
  const payload = { ...(event.action === null ? {} : { action: event.action }), ...event.payload };
  return start(room, repository, {
    id: nextNumber(room, "deliveries"),
    hookId,
    guid: room.ids.uuid(),
    event: event.event,
    action: event.action,
    redelivery: false,
    createdAt: room.clock.now(),
    url: config.url,
    payload: JSON.stringify(payload),
  });
};

/** The same once more. */
export const redeliver = (
  room: Room,
  repository: RepositoryRecord,
  hook: HookRecord,
  earlier: DeliveryRecord,
): void => {
  const { hookId, guid, event, action, payload } = earlier;
  start(room, repository, {
    ...{ hookId, guid, event, action, payload, url: hook.url },
    id: nextNumber(room, "deliveries"),
    redelivery: true,
    createdAt: room.clock.now(),
  });
};

const start = (room: Room, repository: RepositoryRecord, delivery: DeliveryRecord): DeliveryRecord => {
  const prefix = [...keyOf(repository), delivery.hookId];
  if (room.deliveries.count({ prefix, limit: MAX_DELIVERIES }) >= MAX_DELIVERIES) {
    for (const { key } of room.deliveries.range({ prefix, limit: 1 })) room.deliveries.delete(key);
  }
  room.deliveries.put([...prefix, delivery.id], delivery);
  spawn(room, repository, delivery);
  return delivery;
};

const spawn = (room: Room, repository: RepositoryRecord, delivery: DeliveryRecord): void =>
  room.deps.tasks.spawn(`delivery ${delivery.guid}`, async (signal) => {
    await room.deps.records.committed();
    await send(room, repository, delivery, signal);
  });

/** Sends what was kept and not tried when the process ended. */
export const resumeDeliveries = (room: Room): void => {
  for (const repository of room.repositories.list()) {
    for (const delivery of [...room.deliveries.values({ prefix: keyOf(repository) })])
      if (!delivery.outcome) spawn(room, repository, delivery);
  }
};
