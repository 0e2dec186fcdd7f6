import { known } from "../../../kernel/errors.ts";
import type { ServiceRole } from "../builds/serviceRole.ts";
import type { Room } from "../room.ts";
import { changeBatch } from "./change.ts";
import { BatchFailure } from "./failure.ts";
import { setStatus } from "./groups.ts";
import { DOWNLOAD_SOURCE } from "./records.ts";
import { startTask } from "./startTask.ts";

/**
 * Reads what the buildspec says of the batch, by a build of its own that takes the source and does nothing more, as AWS does;
 * a retry finds it done. Throws BatchFailure.
 */
export const readBatchspec = async (room: Room, role: ServiceRole, id: string, signal: AbortSignal): Promise<void> => {
  if (known(room.batches.get(id), `batch ${id}`).groups.length > 1) return;
  changeBatch(room, id, (batch) => ({ ...batch, groups: [{ task: DOWNLOAD_SOURCE, prior: [] }] }));
  const buildId = await startTask(room, role, id, DOWNLOAD_SOURCE, true);
  await room.running.get(buildId)?.ended;
  signal.throwIfAborted();
  const build = known(room.builds.get(buildId), `build ${buildId}`);
  const { status } = build.state;
  if (status === "IN_PROGRESS") throw new BatchFailure("FAULT", "INTERNAL_SERVICE_ERROR", "The source was not read");
  setStatus(room, id, DOWNLOAD_SOURCE.identifier, status);
  const spec = room.batchSpecs.get(buildId);
  room.batchSpecs.delete(buildId);
  if (status !== "SUCCEEDED") {
    const failed = build.state.phases.find(({ end }) => end && end.status !== "SUCCEEDED")?.end?.contexts?.[0];
    throw new BatchFailure(status, failed?.statusCode || "CLIENT_ERROR", failed?.message || "The source was not read");
  }
  if (!spec)
    throw new BatchFailure("FAILED", "YAML_FILE_ERROR", "Batch build specification is missing in the buildspec");
  changeBatch(room, id, ({ resolvedSourceVersion = build.resolvedSourceVersion, ...batch }) => ({
    ...batch,
    ...(resolvedSourceVersion === undefined ? {} : { resolvedSourceVersion }),
    fastFail: spec.fastFail,
    isFanout: spec.kind === "fanout",
    groups: [...batch.groups, ...spec.tasks.map((task) => ({ task, prior: [] }))],
  }));
};
