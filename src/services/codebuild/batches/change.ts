import { known } from "../../../kernel/errors.ts";
import { reportCommit, reportsEach } from "../builds/commitStatus.ts";
import { tellTrace } from "../builds/traces.ts";
import type { Room } from "../room.ts";
import type { BatchRecord } from "./records.ts";

/** Changes a batch's record, and tells its source's host what it comes to. */
export const changeBatch = (room: Room, id: string, change: (batch: BatchRecord) => BatchRecord): BatchRecord => {
  const before = known(room.batches.get(id), `batch ${id}`);
  const batch = change(before);
  room.batches.put(batch);
  if (before.state.status === "IN_PROGRESS" && batch.state.status !== "IN_PROGRESS") tellTrace(room, "Batch", batch);
  const isNews =
    before.resolvedSourceVersion !== batch.resolvedSourceVersion || before.state.status !== batch.state.status;
  const { settings, config, webhookVariables } = batch;
  if (isNews && !reportsEach({ ...settings, buildBatchConfig: config })) {
    reportCommit(room, { ...batch, startedByPush: webhookVariables !== undefined, status: batch.state.status });
  }
  return batch;
};
