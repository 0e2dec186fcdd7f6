import { restoreStatusView } from "../archive/archived.ts";
import { wholeSeconds } from "../conditions.ts";
import { keyEncoding } from "../encoding.ts";
import { invalidArgument } from "../errors.ts";
import { findBucket } from "../find.ts";
import { ownerView } from "../grants.ts";
import { listKeys } from "../listing.ts";
import { ownerOf } from "../ownership.ts";
import type { ObjectRecord, VersionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { listedVersionView } from "../views.ts";
import { pageSize, restoreStatusAsked } from "./listObjects.ts";

export const listObjectVersions =
  (room: Pick<Room, "buckets" | "objects" | "olderVersions" | "clock">): Operation<"ListObjectVersions"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const encode = keyEncoding(input.EncodingType);
    const { KeyMarker = "", VersionIdMarker, Prefix = "", Delimiter } = input;
    if (VersionIdMarker !== undefined && KeyMarker === "") {
      throw invalidArgument(
        "A version-id marker cannot be specified without a key marker.",
        "version-id-marker",
        VersionIdMarker,
      );
    }
    const limit = pageSize(input.MaxKeys);
    const { versions, prefixes, next } = versionsPage(room, { ...input, Prefix, KeyMarker }, limit);
    const common = (version: VersionRecord) => ({
      Key: encode(version.key),
      VersionId: version.versionId,
      IsLatest: room.objects.get([version.bucket, version.key])?.sequence === version.sequence,
      LastModified: new Date(wholeSeconds(version.modifiedAt)),
      Owner: ownerView(version.kind === "object" ? ownerOf(bucket, version) : bucket.account),
    });
    const { now } = restoreStatusAsked(room, input);
    const statusOf = (object: ObjectRecord) => (now === undefined ? {} : restoreStatusView(object, now));
    return {
      Name: input.Bucket,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      VersionIdMarker: VersionIdMarker ?? "",
      MaxKeys: limit,
      IsTruncated: next !== undefined,
      ...(Delimiter ? { Delimiter: encode(Delimiter) } : {}),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      ...(next
        ? { NextKeyMarker: encode(next.key), ...(next.versionId ? { NextVersionIdMarker: next.versionId } : {}) }
        : {}),
      Versions: versions.flatMap((version) =>
        version.kind === "object" ? [{ ...listedVersionView(version), ...common(version), ...statusOf(version) }] : [],
      ),
      DeleteMarkers: versions.flatMap((version) => (version.kind === "marker" ? [common(version)] : [])),
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  };

interface VersionsQuery {
  readonly Bucket: string;
  readonly Prefix: string;
  readonly Delimiter?: string | undefined;
  readonly KeyMarker: string;
  readonly VersionIdMarker?: string | undefined;
}

interface VersionsPage {
  readonly versions: readonly VersionRecord[];
  readonly prefixes: readonly string[];
  readonly next: { readonly key: string; readonly versionId: string | undefined } | undefined;
}

/** Versions by key, the newest of each first. */
const versionsPage = (
  room: Pick<Room, "objects" | "olderVersions">,
  { Bucket, Prefix, Delimiter, KeyMarker, VersionIdMarker }: VersionsQuery,
  limit: number,
): VersionsPage => {
  const versions: VersionRecord[] = [];
  const prefixes: string[] = [];
  let last: VersionsPage["next"];
  const take = (version: VersionRecord): boolean => {
    if (versions.length + prefixes.length >= limit) return false;
    versions.push(version);
    last = { key: version.key, versionId: version.versionId };
    return true;
  };
  // AWS: with a version marker, what is left of the marker's own key comes first.
  for (const version of VersionIdMarker === undefined ? [] : versionsAfter(room, Bucket, KeyMarker, VersionIdMarker)) {
    if (!take(version)) return { versions, prefixes, next: last };
  }
  const query = { bucket: Bucket, prefix: Prefix, delimiter: Delimiter, after: KeyMarker, limit: limit + 1 };
  const { entries } = listKeys(room, query, () => true);
  for (const entry of entries) {
    if ("commonPrefix" in entry) {
      if (versions.length + prefixes.length >= limit) return { versions, prefixes, next: last };
      prefixes.push(entry.commonPrefix);
      last = { key: entry.commonPrefix, versionId: undefined };
      continue;
    }
    for (const version of versionsOf(room, entry.version)) {
      if (!take(version)) return { versions, prefixes, next: last };
    }
  }
  return { versions, prefixes, next: undefined };
};

function* versionsOf({ olderVersions }: Pick<Room, "olderVersions">, newest: VersionRecord) {
  yield newest;
  for (const { value } of olderVersions.range({ prefix: [newest.bucket, newest.key] })) yield value;
}

/** The versions of a key after a marker: all of them when the marker's has gone, as it has for who deletes page by page. */
const versionsAfter = (
  room: Pick<Room, "objects" | "olderVersions">,
  bucket: string,
  key: string,
  versionId: string,
): readonly VersionRecord[] => {
  const newest = room.objects.get([bucket, key]);
  const versions = newest ? [...versionsOf(room, newest)] : [];
  return versions.slice(versions.findIndex((version) => version.versionId === versionId) + 1);
};
