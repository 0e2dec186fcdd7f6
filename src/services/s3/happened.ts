import type { Context } from "../../kernel/context.ts";
import type { Happening, S3EventName } from "./notificationEvents.ts";
import { announce } from "./notifications.ts";
import type { VersionRecord } from "./records.ts";
import { queueReplication } from "./replication/queue.ts";
import type { Room } from "./room.ts";

/** What a call did to an object: whoever listens to the bucket is told, and buckets that replicate it get it. */
export const happened = (
  room: Room,
  ctx: Context,
  name: S3EventName,
  version: VersionRecord,
  details?: Happening["details"],
): void => {
  announce(room, ctx, name, version, details);
  // AWS: the removal of a version stays where it was done, and so does a restoration.
  if (name !== "ObjectRemoved:Delete" && name !== "ObjectRestore:Post") queueReplication(room, version);
};
