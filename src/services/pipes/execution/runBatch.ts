import { asTask } from "../../../engines/eventSources/asTask.ts";
import type { Context } from "../../../kernel/context.ts";
import { isRefusal } from "../../../kernel/errors.ts";
import { newTraceId, within } from "../../../kernel/traceId.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { openJournal } from "./journal.ts";
import { type PipeItem, runStages } from "./stages.ts";

export interface Batch {
  readonly items: readonly PipeItem[];
  /** The traces of what led to it. */
  readonly links?: readonly string[];
}

const SEGMENT_DIGITS = 16;

/** Takes a batch through a pipe; answers the items that are to be tried again, by their places. AWS: a batch begins a trace of its own. */
export const runBatch = (
  room: Room,
  pipe: PipeRecord,
  context: () => Promise<Context>,
  { items, links = [] }: Batch,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> =>
  asTask(room.tasks, `a batch of the pipe ${pipe.name}`, async () => {
    const id = room.ids.uuid();
    const startedAt = room.clock.now();
    const traceId = newTraceId(room.ids, startedAt);
    const segment = room.ids.hex(SEGMENT_DIGITS);
    const told = {
      service: "pipes",
      operation: `Run ${pipe.name}`,
      resource: pipe.arn,
      principal: { kind: "service", account: room.account, service: "pipes.amazonaws.com" },
      requestId: id,
      traceId,
      segment,
      ...(links.length > 0 ? { links } : {}),
      startedAt,
    } as const;
    room.begun(told);
    const journal = openJournal(room, pipe, id);
    try {
      const ctx = (await context()).traced(within(traceId, segment));
      const execution = { room, pipe, id, ctx, signal, journal, itemIds: items.map((item) => item.id) };
      const { failed, error } = await runStages(execution, items);
      room.served({ ...told, ...(error ? { error } : {}) });
      return failed;
    } catch (error) {
      room.served({ ...told, error });
      if (!isRefusal(error)) throw error;
      // The role cannot be assumed any more: the items wait for whoever mends it.
      return new Set(items.keys());
    } finally {
      journal.close();
      room.meter("Duration", pipe.name, room.clock.now() - startedAt);
    }
  });
