import { canonicalId } from "../grants.ts";
import { asS3 } from "../itself.ts";
import { announce } from "../notifications.ts";
import type { ObjectRecord, RestorationRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { replaceVersion } from "../versions.ts";

type RestoringRoom = Pick<Room, "objects" | "olderVersions" | "restorations">;

/** Begins a restoration, or changes the one there is; what becomes of it is told when it is due. */
export const putRestoration = (
  room: RestoringRoom,
  object: ObjectRecord,
  restoration: RestorationRecord,
  dueAt: number,
): void => {
  replaceVersion(room, { ...object, restoration });
  room.restorations.set(idOf(object), dueAt);
};

/** A restoration is complete, or its copy has expired. */
export const onRestorationDue = (room: Room, id: string, dueAt: number): void => {
  const object = objectOf(room, id);
  const bucket = object && room.buckets.get(object.bucket);
  if (!object?.restoration || !bucket) return;
  const { restoration, ...archived } = object;
  if (dueAt === restoration.readyAt) {
    const expiry = new Date(restoration.expiresAt).toISOString();
    announce(room, asS3(room, bucket), "ObjectRestore:Completed", object, {
      record: {
        userIdentity: { principalId: `AmazonCustomer:${canonicalId(bucket.account)}` },
        glacierEventData: {
          restoreEventData: {
            lifecycleRestorationExpiryTime: expiry,
            lifecycleRestoreStorageClass: object.storageClass,
          },
        },
      },
      bridged: { "restore-expiry-time": expiry, "source-storage-class": object.storageClass },
    });
    room.restorations.set(id, restoration.expiresAt);
    return;
  }
  replaceVersion(room, archived);
  announce(room, asS3(room, bucket), "ObjectRestore:Delete", archived);
};

/** A bucket's name has no slash. */
const idOf = ({ bucket, sequence, key }: ObjectRecord): string => `${bucket}/${sequence}/${key}`;

const objectOf = ({ objects, olderVersions }: RestoringRoom, id: string): ObjectRecord | undefined => {
  const [bucket = "", sequence = "", ...rest] = id.split("/");
  const key = rest.join("/");
  const newest = objects.get([bucket, key]);
  const version = newest?.sequence === Number(sequence) ? newest : olderVersions.get([bucket, key, -Number(sequence)]);
  return version?.kind === "object" ? version : undefined;
};
