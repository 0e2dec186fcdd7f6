import type { Context } from "../../kernel/context.ts";
import { AwsError } from "../../kernel/errors.ts";
import { bridgeEvent } from "./bridgeEvents.ts";
import type { NotificationDocument } from "./configurations.ts";
import { deliver, destinationsOf } from "./notificationDelivery.ts";
import { eventRecord, type Happening, type S3EventName } from "./notificationEvents.ts";
import { isWanted } from "./notificationRules.ts";
import { NULL_VERSION, type VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

type NotifyingRoom = Pick<Room, "buckets" | "configurations" | "tasks" | "events" | "ids" | "clock" | "committed">;

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
  room.tasks.spawn(`s3 events of ${version.bucket}`, async () => {
    await room.committed();
    const event = document.EventBridgeConfiguration && bridgeEvent(happening, room.ids.uuid());
    if (event) room.events.emit(event);
    await sendAll(happening, document);
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

const sendAll = async (happening: Happening, document: NotificationDocument): Promise<void> => {
  for (const destination of destinationsOf(document)) {
    if (!isWanted(destination.rule, happening.name, happening.version.key)) continue;
    const message = JSON.stringify({ Records: [eventRecord(happening, destination.rule.Id ?? "")] });
    try {
      await deliver(happening.ctx, happening.bucket, destination, message);
    } catch (error) {
      // AWS: an event whose destination refuses it is lost, and nobody is told. What is no refusal is our bug.
      if (!(error instanceof AwsError) && !(error instanceof Error && "$fault" in error)) throw error;
    }
  }
};
