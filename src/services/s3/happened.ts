import type { Context } from "../../kernel/context.ts";
import { TRAIL_EVENT } from "../../kernel/events.ts";
import type { Happening, S3EventName } from "./notificationEvents.ts";
import { announce } from "./notifications.ts";
import type { VersionRecord } from "./records.ts";
import { queueReplication } from "./replication/queue.ts";
import type { Room } from "./room.ts";
import { trailEvent } from "./trailEvent.ts";

/** What a call did to an object: whoever listens to the bucket is told, and buckets that replicate it get it. */
export const happened = (
  room: Room,
  ctx: Context,
  name: S3EventName,
  version: VersionRecord,
  details?: Happening["details"],
): void => {
  announce(room, ctx, name, version, details);
  if (room.events.isAsked(TRAIL_EVENT)) tellTrail(room, ctx, name, version);
  // AWS: the removal of a version stays where it was done, and so does a restoration.
  if (name !== "ObjectRemoved:Delete" && name !== "ObjectRestore:Post") queueReplication(room, version);
};

/** Differs: AWS tells of what is done with objects where a trail logs it; trails are not built, and a rule that asks is told. */
const tellTrail = (room: Room, ctx: Context, name: S3EventName, version: VersionRecord): void => {
  const bucket = room.buckets.get(version.bucket);
  const event = bucket && trailEvent({ name, bucket, version, time: room.clock.now(), ctx, details: {} }, room.ids);
  if (!event) return;
  room.tasks.spawn(`trail of ${version.bucket}`, async () => {
    await room.committed();
    room.events.emit(event);
  });
};
