import type { Context } from "../../../kernel/context.ts";
import type { AppSpec } from "../records.ts";
import type { Room } from "../room.ts";

/** A deployment under way, with the means to carry it on. */
export interface Work {
  readonly room: Room;
  /** Under the group's service role. */
  readonly ctx: Context;
  readonly id: string;
  readonly appSpec: AppSpec;
  readonly signal: AbortSignal;
}
