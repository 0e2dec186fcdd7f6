import { asS3 } from "./itself.ts";
import { abandons, expiresOlder, expiringRule, type LifecycleRule } from "./lifecycle.ts";
import { announce } from "./notifications.ts";
import { isLocked } from "./objectLock.ts";
import type { BucketRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { endUpload } from "./uploads.ts";
import { deleteNewest, removeVersion } from "./versions.ts";

/** Expires what is due in every bucket, as AWS does once a day; false when no bucket has a lifecycle. */
export const applyLifecycles = (room: Room): boolean => {
  for (const { key, value } of room.configurations.lifecycle.range()) {
    const bucket = typeof key === "string" ? room.buckets.get(key) : undefined;
    if (bucket) applyLifecycle(room, bucket, value.Rules);
  }
  return room.configurations.lifecycle.count({ limit: 1 }) > 0;
};

const applyLifecycle = (room: Room, bucket: BucketRecord, rules: readonly LifecycleRule[]): void => {
  const now = room.clock.now();
  const ctx = asS3(room, bucket);
  for (const { value: newest } of room.objects.range({ prefix: [bucket.name] })) {
    expireOlder(room, newest, rules, now);
    if (expiringRule(rules, newest, now)) {
      const marker = deleteNewest(room, bucket, newest.key);
      if (marker) announce(room, ctx, "LifecycleExpiration:DeleteMarkerCreated", marker);
      else announce(room, ctx, "LifecycleExpiration:Delete", newest);
    } else if (isLonelyMarker(room, newest) && rules.some(({ Expiration }) => Expiration?.ExpiredObjectDeleteMarker)) {
      removeVersion(room, newest);
    }
  }
  for (const { value: upload } of room.uploads.range({ prefix: [bucket.name] })) {
    if (rules.some((rule) => abandons(rule, upload.key, upload.initiatedAt, now))) endUpload(room, upload);
  }
};

/** AWS: an older version's age counts from when a newer one came. */
const expireOlder = (room: Room, newest: VersionRecord, rules: readonly LifecycleRule[], now: number): void => {
  let replacedAt = newest.modifiedAt;
  let newer = 0;
  for (const { value: older } of room.olderVersions.range({ prefix: [newest.bucket, newest.key] })) {
    const age = replacedAt;
    replacedAt = older.modifiedAt;
    if (!isLocked(older, now) && rules.some((rule) => expiresOlder(rule, older, age, newer, now)))
      removeVersion(room, older);
    newer++;
  }
};

const isLonelyMarker = ({ olderVersions }: Room, { kind, bucket, key }: VersionRecord): boolean =>
  kind === "marker" && olderVersions.count({ prefix: [bucket, key], limit: 1 }) === 0;
