import type { Context } from "../../kernel/context.ts";
import { bridgeEvent } from "./bridgeEvents.ts";
import { sendNotices } from "./notices.ts";
import type { Happening, S3EventName } from "./notificationEvents.ts";
import { NULL_VERSION, type VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

type NotifyingRoom = Pick<
  Room,
  "buckets" | "configurations" | "notices" | "tasks" | "events" | "ids" | "clock" | "committed" | "contextAs"
>;

/** Tells whoever listens to the bucket what happened to an object, once it is durable. */
export const announce = (
  room: NotifyingRoom,
  ctx: Context,
  name: S3EventName,
  version: VersionRecord,
  details: Happening["details"] = {},
): void => {
  if (name.startsWith("ObjectCreated:") && version.versionId !== NULL_VERSION) tellVersion(room, ctx, version);
  const document = room.configurations.notification.get(version.bucket);
  const bucket = document && room.buckets.get(version.bucket);
  if (!document || !bucket) return;
  const happening: Happening = { name, bucket, version, time: room.clock.now(), ctx, details };
  sendNotices(room, happening, document);
  const event = document.EventBridgeConfiguration && bridgeEvent(happening, room.ids.uuid());
  if (!event) return;
  room.tasks.spawn(`s3 events of ${version.bucket}`, async () => {
    await room.committed();
    room.events.emit(event);
  });
};

/** Our own event, for pipelines that look for changes of an object: only buckets with versions are sources. */
const tellVersion = (
  room: NotifyingRoom,
  { account, region }: Context,
  { bucket, key, versionId }: VersionRecord,
): void =>
  room.tasks.spawn(`version of ${bucket}`, async () => {
    await room.committed();
    room.events.emit({
      id: room.ids.uuid(),
      time: room.clock.now(),
      source: "aloft.s3",
      detailType: "Version Written",
      account,
      region,
      resources: [],
      detail: { bucket, key, version: versionId },
    });
  });
