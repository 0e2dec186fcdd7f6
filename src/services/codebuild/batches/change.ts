import { known } from "../../../kernel/errors.ts";
import type { Room } from "../room.ts";
import type { BatchRecord } from "./records.ts";

/** Changes a batch's record. */
export const changeBatch = (
  { batches }: Pick<Room, "batches">,
  id: string,
  change: (batch: BatchRecord) => BatchRecord,
): BatchRecord => {
  const batch = change(known(batches.get(id), `batch ${id}`));
  batches.put(batch);
  return batch;
};
