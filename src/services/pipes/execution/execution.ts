import type { Context } from "../../../kernel/context.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { Journal } from "./journal.ts";

/** One batch on its way through a pipe. */
export interface Execution {
  readonly room: Room;
  readonly pipe: PipeRecord;
  readonly id: string;
  /** Under the pipe's role. */
  readonly ctx: Context;
  readonly signal: AbortSignal;
  readonly journal: Journal;
  /** The ids of the batch's items, as its source has them. */
  readonly itemIds: readonly string[];
}
