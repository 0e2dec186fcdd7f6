import type { Context } from "../../kernel/context.ts";
import type { VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Tells whoever listens to the bucket what happened to an object. */
export const announce = (_room: Room, _ctx: Context, _event: string, _version: VersionRecord): void => {};
