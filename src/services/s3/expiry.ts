import type { Context } from "../../kernel/context.ts";
import type { LifecycleDocument } from "./configurations.ts";
import { asS3 } from "./itself.ts";
import { type Age, abandonedAt, clearsMarker, expiresOlder, isExpired } from "./lifecycle.ts";
import { announce } from "./notifications.ts";
import { isLocked } from "./objectLock.ts";
import type { BucketRecord, DeleteMarkerRecord, ObjectRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { dueClass } from "./transitions.ts";
import { endUpload } from "./uploads.ts";
import { deleteNewest, removeVersion, replaceVersion } from "./versions.ts";

/** Expires what is due in every bucket, as AWS does once a day; false when no bucket has a lifecycle. */
export const applyLifecycles = (room: Room): boolean => {
  for (const { key, value } of room.configurations.lifecycle.range()) {
    const bucket = typeof key === "string" ? room.buckets.get(key) : undefined;
    if (bucket) applyLifecycle(room, bucket, value);
  }
  return room.configurations.lifecycle.count({ limit: 1 }) > 0;
};

const applyLifecycle = (room: Room, bucket: BucketRecord, lifecycle: LifecycleDocument): void => {
  const now = room.clock.now();
  const work: Work = { room, lifecycle, now, ctx: asS3(room, bucket) };
  for (const { value: newest } of room.objects.range({ prefix: [bucket.name] })) {
    ageOlder(work, newest);
    if (newest.kind === "marker") clearMarker(work, newest);
    else if (isExpired(lifecycle.Rules, newest, now)) expire(work, bucket, newest);
    else transition(work, newest);
  }
  for (const { value: upload } of room.uploads.range({ prefix: [bucket.name] })) {
    const ends = lifecycle.Rules.map((rule) => abandonedAt(rule, upload.key, upload.initiatedAt));
    if (ends.some((at) => at !== undefined && now >= at)) endUpload(room, upload);
  }
};

/** A lifecycle as it is applied. */
interface Work {
  readonly room: Room;
  readonly lifecycle: LifecycleDocument;
  readonly now: number;
  readonly ctx: Context;
}

const expire = ({ room, ctx }: Work, bucket: BucketRecord, newest: ObjectRecord): void => {
  const marker = deleteNewest(room, bucket, newest.key);
  if (marker) announce(room, ctx, "LifecycleExpiration:DeleteMarkerCreated", marker);
  else announce(room, ctx, "LifecycleExpiration:Delete", newest);
};

const transition = ({ room, lifecycle, ctx, now }: Work, object: ObjectRecord, age?: Age): void => {
  const storageClass = dueClass(lifecycle, object, now, age);
  if (storageClass === undefined) return;
  const { restoration: _, ...rest } = object;
  const moved = { ...rest, storageClass };
  replaceVersion(room, moved);
  announce(room, ctx, "LifecycleTransition", moved, {
    record: { lifecycleEventData: { transitionEventData: { destinationStorageClass: storageClass } } },
    bridged: { "destination-storage-class": storageClass },
  });
};

/** AWS: a marker that is alone goes with what a rule expires, or by a rule of its own. */
const clearMarker = ({ room, lifecycle: { Rules }, now }: Work, marker: DeleteMarkerRecord): void => {
  const isAlone = room.olderVersions.count({ prefix: [marker.bucket, marker.key], limit: 1 }) === 0;
  if (isAlone && (isExpired(Rules, marker, now) || Rules.some((rule) => clearsMarker(rule, marker))))
    removeVersion(room, marker);
};

/** AWS: an older version's age counts from when a newer one came. */
const ageOlder = (work: Work, newest: VersionRecord): void => {
  const { room, lifecycle, now } = work;
  let replacedAt = newest.modifiedAt;
  let newer = 0;
  for (const { value: older } of room.olderVersions.range({ prefix: [newest.bucket, newest.key] })) {
    const age = { replacedAt, newer };
    if (!isLocked(older, now) && lifecycle.Rules.some((rule) => expiresOlder(rule, older, age, now)))
      removeVersion(room, older);
    else if (older.kind === "object") transition(work, older, age);
    replacedAt = older.modifiedAt;
    newer++;
  }
};
