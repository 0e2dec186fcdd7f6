import type { Room } from "./room.ts";

/** Narrows what kernel's rooms hold to S3's own. */
export const isS3Room = (room: unknown): room is Room =>
  typeof room === "object" && room !== null && "olderVersions" in room;
