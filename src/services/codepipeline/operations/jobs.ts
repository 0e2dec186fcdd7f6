import { actionTypeNotFound, invalid, invalidNonce, jobNotFound } from "../errors.ts";
import { findActionType, typePlace } from "../find.ts";
import { acknowledge, pollJobs } from "../jobs.ts";
import { jobView } from "../jobViews.ts";
import { MAX_JOBS_PER_POLL } from "../limits.ts";
import type { JobRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PollForJobs.html */
export const pollForJobs =
  (room: Room): Operation<"PollForJobs"> =>
  async (_ctx, { actionTypeId, maxBatchSize = 1, queryParam = {} }) => {
    if (actionTypeId.owner !== "Custom")
      throw invalid("PollForJobs is valid only for action types with the owner Custom");
    const type = findActionType(room, actionTypeId);
    if (!type) throw actionTypeNotFound(typePlace(actionTypeId).join("/"));
    const queryable = type.properties.filter((property) => property.queryable).map(({ name }) => name);
    if (Object.keys(queryParam).some((name) => !queryable.includes(name)))
      throw invalid("The query names a property that is not queryable");
    const wanted = Object.entries(queryParam);
    const found = [];
    const most = Math.min(maxBatchSize, MAX_JOBS_PER_POLL);
    for (const each of pollJobs(room, typePlace(type), (run) =>
      wanted.every(([name, value]) => (run.configuration ?? run.action.configuration)[name] === value),
    )) {
      found.push(each);
      if (found.length === most) break;
    }
    const jobs = found.map(async ({ job, run }) => ({
      ...(await jobView(room, run, job.continuationToken)),
      nonce: job.nonce,
    }));
    return { jobs: await Promise.all(jobs) };
  };

export const acknowledgeJob =
  (room: Room): Operation<"AcknowledgeJob"> =>
  async (_ctx, { jobId, nonce }) => ({ status: takeOn(room, findJob(room, jobId, "Custom"), nonce) });

/** Marks a job as taken on. Throws InvalidNonceException when it was given out anew meanwhile. */
export const takeOn = (room: Room, job: JobRecord, nonce: string): "InProgress" => {
  if (job.nonce !== nonce || job.status === "Queued") throw invalidNonce();
  if (job.status === "Dispatched") acknowledge(room, job);
  return "InProgress";
};

export const getJobDetails =
  (room: Room): Operation<"GetJobDetails"> =>
  async (_ctx, { jobId }) => {
    const run = room.tables.executions.run(jobId);
    const isInvoked = run?.action.owner === "AWS" && /^Lambda/.test(run.action.provider);
    const job = room.tables.jobs.get(jobId);
    // AWS: of third parties' jobs, those that their functions are handed are told of here.
    const isPartnersFunction = run?.action.owner === "ThirdParty" && !job;
    if (!run || !(isInvoked || isPartnersFunction || run.action.owner === "Custom")) throw jobNotFound(jobId);
    return { jobDetails: await jobView(room, run, job?.continuationToken) };
  };

/** A job whose action is under way. */
export const findJob = ({ tables }: Room, id: string, owner: "Custom" | "ThirdParty"): JobRecord => {
  const job = tables.jobs.get(id);
  if (job?.place[0] !== owner || tables.executions.run(id)?.status !== "InProgress") throw jobNotFound(id);
  return job;
};
