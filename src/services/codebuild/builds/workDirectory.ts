import { join } from "node:path";
import type { BuildRecord } from "../records.ts";
import type { Room } from "../room.ts";

/**
 * A build's own folder, which its processes are known by as well: no other cloud of this machine has it, as it may have the
 * build's id. Without dashes: npm hides what looks like a UUID in all it prints, also the folders that builds ask it for.
 */
export const workDirectory = ({ deps }: Pick<Room, "deps">, { id }: Pick<BuildRecord, "id">): string =>
  join(deps.workspace("builds"), (id.split(":")[1] ?? id).replaceAll("-", ""));
