import type { Context } from "../../../kernel/context.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** What the map runs of an execution need. */
export interface MapMeans {
  readonly room: Room;
  readonly execution: ExecutionRecord;
  /** The machine's role. */
  readonly contextOf: () => Promise<Context>;
  readonly signal: AbortSignal;
  readonly runChild: (child: ExecutionRecord) => Promise<ExecutionRecord>;
}
