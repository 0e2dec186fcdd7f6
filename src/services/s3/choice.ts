import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import { accessDenied, methodNotAllowedOnMarker, noSuchKey } from "./errors.ts";
import { findVersion, missing } from "./find.ts";
import type { ObjectRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { checkVersionId } from "./versionIds.ts";

/** The object and version a request names. */
export interface ObjectChoice {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

/** The object a request names. Throws what S3 says of one that is not there, or is deleted. */
export const chosenObject = async (
  room: Pick<Room, "buckets" | "objects" | "olderVersions">,
  ctx: Context,
  { Bucket, Key, VersionId }: ObjectChoice,
): Promise<ObjectRecord> => {
  const version = chosenVersion(room, { Bucket, Key, VersionId });
  if (version?.kind === "object") return version;
  if (version && VersionId !== undefined) throw methodNotAllowedOnMarker("GET", version.versionId);
  await refuseStrangers(ctx, Bucket);
  if (version) throw noSuchKey(Key, { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId });
  throw missing(Key, VersionId);
};

/** The object of which a request reads or changes a part, such as its tags. AWS: a delete marker has none, named or not. */
export const partOwner = async (
  room: Pick<Room, "buckets" | "objects" | "olderVersions">,
  ctx: Context,
  choice: ObjectChoice,
  method: "GET" | "PUT" | "POST" | "DELETE",
): Promise<ObjectRecord> => {
  const version = chosenVersion(room, choice);
  if (version?.kind === "marker") throw methodNotAllowedOnMarker(method, version.versionId);
  return chosenObject(room, ctx, choice);
};

const chosenVersion = (
  room: Pick<Room, "buckets" | "objects" | "olderVersions">,
  { Bucket, Key, VersionId }: ObjectChoice,
): VersionRecord | undefined => {
  const version = findVersion(room, Bucket, Key, VersionId);
  const bucket = room.buckets.get(Bucket);
  if (!version && bucket) checkVersionId(bucket, VersionId);
  return version;
};

/** AWS: whether a key is missing is told only to those who may list the bucket; others are denied. */
const refuseStrangers = async (ctx: Context, Bucket: string): Promise<void> => {
  if (ctx.principal.kind === "root") return;
  try {
    await ctx.call("s3", "HeadBucket", { Bucket });
  } catch (error) {
    if (!DENIALS.has(errorCode(error))) throw error;
    throw accessDenied(error instanceof Error ? error.message : undefined);
  }
};

const DENIALS: ReadonlySet<string> = new Set(["AccessDenied", "AccessDeniedException", "Forbidden"]);
