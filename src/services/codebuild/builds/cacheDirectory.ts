import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Room } from "../room.ts";

/** Where a project's builds hand folders on to each other. */
export const cacheDirectory = ({ deps }: Pick<Room, "deps">, projectName: string): string =>
  join(deps.workspace("build-cache"), deps.account, deps.region, projectName);

/** Forgets what a project's builds have kept. */
export const clearCache = (room: Pick<Room, "deps">, projectName: string): Promise<void> =>
  rm(cacheDirectory(room, projectName), { recursive: true, force: true });
