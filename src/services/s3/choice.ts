import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import { accessDenied, methodNotAllowedOnMarker } from "./errors.ts";
import { findVersion, missing } from "./find.ts";
import type { ObjectRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The object and version a request names. */
export interface ObjectChoice {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

/** The object a request names. Throws what S3 says of one that is not there, or is deleted. */
export const chosenObject = async (
  room: Pick<Room, "objects" | "olderVersions">,
  ctx: Context,
  { Bucket, Key, VersionId }: ObjectChoice,
): Promise<ObjectRecord> => {
  const version = findVersion(room, Bucket, Key, VersionId);
  if (version?.kind === "object") return version;
  if (version && VersionId !== undefined) throw methodNotAllowedOnMarker();
  await refuseStrangers(ctx, Bucket);
  throw missing(Key, VersionId);
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
