import { findVersion } from "./find.ts";
import {
  type BucketRecord,
  type DeleteMarkerRecord,
  NULL_VERSION,
  type ObjectRecord,
  type VersionRecord,
} from "./records.ts";
import type { Room } from "./room.ts";
import { newVersionId } from "./versionIds.ts";

type VersionStore = Pick<Room, "objects" | "olderVersions" | "uploads" | "blobs" | "ids" | "clock" | "atomically">;

/** What a version keeps of one in another bucket, of which it is a replica. */
export type KeptIdentity = Pick<VersionRecord, "versionId" | "modifiedAt">;

/** An object that has no place among its key's versions yet. */
export type NewObject = Omit<ObjectRecord, "versionId" | "sequence" | "modifiedAt">;

/**
 * Makes an object the newest version of its key. Where the bucket is not versioned it takes the place of the one before;
 * where versioning is suspended, of the one that has no version id.
 */
export const addObject = (
  store: VersionStore,
  bucket: BucketRecord,
  object: NewObject,
  kept?: KeptIdentity,
): ObjectRecord =>
  store.atomically(() => {
    const added: ObjectRecord = { ...object, ...nextIdentity(store, bucket, object.key, kept) };
    makeRoom(store, bucket, object.key);
    disturbUploads(store, bucket.name, object.key);
    store.objects.put([bucket.name, object.key], added);
    return added;
  });

/** What a DELETE without a version id does: removes the object, or puts a marker before its versions. */
export const deleteNewest = (
  store: VersionStore,
  bucket: BucketRecord,
  key: string,
  kept?: KeptIdentity,
): DeleteMarkerRecord | undefined =>
  store.atomically(() => {
    const identity = nextIdentity(store, bucket, key, kept);
    makeRoom(store, bucket, key);
    disturbUploads(store, bucket.name, key);
    if (bucket.versioning === undefined) return undefined;
    const marker: DeleteMarkerRecord = { kind: "marker", bucket: bucket.name, key, ...identity };
    store.objects.put([bucket.name, key], marker);
    return marker;
  });

/** Removes one version for good; the one before becomes the newest. */
export const removeVersion = (
  store: Pick<Room, "objects" | "olderVersions" | "blobs" | "atomically">,
  version: VersionRecord,
): void =>
  store.atomically(() => {
    const { bucket, key, sequence } = version;
    release(store, version);
    if (store.objects.get([bucket, key])?.sequence !== sequence) {
      store.olderVersions.delete([bucket, key, -sequence]);
      return;
    }
    store.objects.delete([bucket, key]);
    for (const { key: oldKey, value } of store.olderVersions.range({ prefix: [bucket, key], limit: 1 })) {
      store.olderVersions.delete(oldKey);
      store.objects.put([bucket, key], value);
    }
  });

/** Writes a changed head of a version where the version lies. */
export const replaceVersion = (
  { objects, olderVersions }: Pick<Room, "objects" | "olderVersions">,
  changed: ObjectRecord,
): void => {
  const { bucket, key, sequence } = changed;
  if (objects.get([bucket, key])?.sequence === sequence) objects.put([bucket, key], changed);
  else olderVersions.put([bucket, key, -sequence], changed);
};

const nextIdentity = (
  { objects, ids, clock }: VersionStore,
  bucket: BucketRecord,
  key: string,
  kept: KeptIdentity | undefined,
) => ({
  versionId: kept?.versionId ?? (bucket.versioning === "Enabled" ? newVersionId(ids) : NULL_VERSION),
  sequence: (objects.get([bucket.name, key])?.sequence ?? 0) + 1,
  modifiedAt: kept?.modifiedAt ?? clock.now(),
});

/** Takes the newest version of a key from its place: among the older ones, or away for good. */
const makeRoom = (store: VersionStore, bucket: BucketRecord, key: string): void => {
  if (bucket.versioning !== "Enabled") {
    const unnamed = findVersion(store, bucket.name, key, NULL_VERSION);
    if (unnamed) removeVersion(store, unnamed);
  }
  const newest = store.objects.get([bucket.name, key]);
  if (!newest) return;
  store.olderVersions.put([bucket.name, key, -newest.sequence], newest);
  store.objects.delete([bucket.name, key]);
};

/** AWS: an upload that is to be completed under a condition fails where its key changed meanwhile. */
const disturbUploads = ({ uploads }: Pick<Room, "uploads">, bucket: string, key: string): void => {
  for (const { key: place, value } of uploads.range({ prefix: [bucket, key] })) {
    if (!value.disturbed) uploads.put(place, { ...value, disturbed: true });
  }
};

const release = ({ blobs }: Pick<Room, "blobs">, version: VersionRecord): void => {
  if (version.kind === "object") for (const segment of version.segments) blobs.release(segment);
};
