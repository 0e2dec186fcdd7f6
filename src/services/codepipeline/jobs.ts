import type { ActionRun } from "../../engines/pipeline/model.ts";
import { known } from "../../kernel/errors.ts";
import { typePlace } from "./find.ts";
import { JOB_VISIBILITY_MS } from "./limits.ts";
import type { JobRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Puts work up for who polls for it; what is put up already stays as it is. */
export const queueJob = (room: Room, { id, action }: ActionRun, continuationToken?: string): void => {
  const { tables, clock, ids } = room;
  const before = tables.jobs.get(id);
  if (before && continuationToken === undefined) return;
  const place = typePlace(action);
  const queuedAt = clock.now();
  const clientId = before?.clientId ?? ids.uuid();
  const job: JobRecord = { id, place, status: "Queued", nonce: "1", clientId, queuedAt, ...tokenOf(continuationToken) };
  room.deps.records.atomically(() => {
    tables.jobs.put(id, job);
    tables.queuedJobs.put([...place, queuedAt, id], id);
  });
};

const tokenOf = (continuationToken: string | undefined) =>
  continuationToken === undefined ? {} : { continuationToken };

/** Takes a job's work back: it has a result, or its action has ended. */
export const dropJob = ({ tables, deps }: Room, id: string): void =>
  deps.records.atomically(() => {
    const job = tables.jobs.get(id);
    if (job) tables.queuedJobs.delete([...job.place, job.queuedAt, id]);
    tables.jobs.delete(id);
  });

/** A job and the run it is of. */
export interface WaitingJob {
  readonly job: JobRecord;
  readonly run: ActionRun;
}

/**
 * Jobs of a type for one who polls, the oldest first. A job that was given out and is not acknowledged is given out again
 * after a while.
 */
export function* pollJobs(
  room: Room,
  place: readonly string[],
  wanted: (run: ActionRun) => boolean,
): Iterable<WaitingJob> {
  const { tables, clock } = room;
  for (const { value: id } of [...tables.queuedJobs.range({ prefix: place })]) {
    const job = known(tables.jobs.get(id), `the job ${id}`);
    const run = known(tables.executions.run(id), `the run of the job ${id}`);
    const out = job.dispatchedAt !== undefined && job.dispatchedAt + JOB_VISIBILITY_MS > clock.now();
    // Its action was abandoned, or took too long.
    if (run.status !== "InProgress") dropJob(room, id);
    if (out || run.status !== "InProgress" || !wanted(run)) continue;
    const nonce = String(Number(job.nonce) + 1);
    const dispatched: JobRecord = { ...job, status: "Dispatched", nonce, dispatchedAt: clock.now() };
    tables.jobs.put(id, dispatched);
    yield { job: dispatched, run };
  }
}

/** Says that a worker has taken a job on. */
export const acknowledge = ({ tables, deps }: Room, job: JobRecord): void =>
  deps.records.atomically(() => {
    tables.jobs.put(job.id, { ...job, status: "InProgress" });
    tables.queuedJobs.delete([...job.place, job.queuedAt, job.id]);
  });
