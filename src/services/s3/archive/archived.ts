import type { StorageClass } from "@aws-sdk/client-s3";
import { invalidObjectState } from "../errors.ts";
import type { ObjectRecord, RestorationRecord } from "../records.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html

/** The classes whose objects are read only after they were restored. */
const ARCHIVES: ReadonlySet<StorageClass> = new Set(["GLACIER", "DEEP_ARCHIVE"]);

type Archivable = Pick<ObjectRecord, "storageClass" | "restoration">;

export const isArchive = (storageClass: StorageClass): boolean => ARCHIVES.has(storageClass);

/** Throws InvalidObjectState unless an object's bytes can be read now. */
export const checkReadable = (object: Archivable, now: number): void => {
  if (isAway(object, now))
    throw invalidObjectState("The operation is not valid for the object's storage class", object.storageClass);
};

/** The same of an object that is to be copied. */
export const checkCopyable = (object: Archivable, now: number): void => {
  if (isAway(object, now))
    throw invalidObjectState("Operation is not valid for the source object's storage class", object.storageClass);
};

const isAway = ({ storageClass, restoration }: Archivable, now: number): boolean =>
  isArchive(storageClass) && stageOf(restoration, now) !== "restored";

/** How far a restoration is; undefined when there is none, or its copy has expired. */
export const stageOf = (
  restoration: RestorationRecord | undefined,
  now: number,
): "ongoing" | "restored" | undefined => {
  if (!restoration || now >= restoration.expiresAt) return undefined;
  return now < restoration.readyAt ? "ongoing" : "restored";
};

/** What GetObject and HeadObject say of a restoration. */
export const restoreView = ({ restoration }: Archivable, now: number): { readonly Restore?: string } => {
  const stage = stageOf(restoration, now);
  if (!restoration || !stage) return {};
  if (stage === "ongoing") return { Restore: 'ongoing-request="true"' };
  return { Restore: `ongoing-request="false", expiry-date="${new Date(restoration.expiresAt).toUTCString()}"` };
};

/** What listings say of it to those who ask. */
export const restoreStatusView = ({ restoration }: Archivable, now: number) => {
  const stage = stageOf(restoration, now);
  if (!restoration || !stage) return {};
  if (stage === "ongoing") return { RestoreStatus: { IsRestoreInProgress: true } };
  return { RestoreStatus: { IsRestoreInProgress: false, RestoreExpiryDate: new Date(restoration.expiresAt) } };
};
