import type { VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Lets go of a version that is no more: its code, and the environments that run it, once they have nothing to do. */
export const releaseVersion = (
  { engine, specs, blobs }: Pick<Room, "engine" | "specs" | "blobs">,
  name: string,
  version: VersionRecord,
): void => {
  retireVersion({ engine, specs }, name, version);
  blobs.release(version.code.blob);
};

/** Ends the environments of a revision that has been replaced. */
export const retireVersion = (
  { engine, specs }: Pick<Room, "engine" | "specs">,
  name: string,
  version: VersionRecord,
): void => engine.retire(specs.forget(name, version));
