import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ProjectSettings } from "../records.ts";
import type { Room } from "../room.ts";

/** Where a project's builds hand folders on to each other. */
export const cacheDirectory = ({ deps }: Pick<Room, "deps">, projectName: string): string =>
  join(deps.workspace("build-cache"), deps.account, deps.region, projectName);

/** AWS: caches in S3 have keys, and are shared by the projects of one namespace at one place. */
export const keyedCacheDirectory = (
  { deps }: Pick<Room, "deps">,
  projectName: string,
  cache: ProjectSettings["cache"],
): string | undefined => {
  if (cache?.type !== "S3") return undefined;
  const { location, cacheNamespace } = cache;
  if (!cacheNamespace) return join(cacheDirectory({ deps }, projectName), "keys");
  const scope = createHash("sha256")
    .update(JSON.stringify([location, cacheNamespace]))
    .digest("hex")
    .slice(0, 32);
  // No project's name begins so.
  return cacheDirectory({ deps }, `@${scope}`);
};

/** Forgets what a project's builds have kept. */
export const clearCache = (room: Pick<Room, "deps">, projectName: string): Promise<void> =>
  rm(cacheDirectory(room, projectName), { recursive: true, force: true });
