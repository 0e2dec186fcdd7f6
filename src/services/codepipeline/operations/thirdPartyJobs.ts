import { known } from "../../../kernel/errors.ts";
import { actionTypeNotFound, invalid, invalidClientToken } from "../errors.ts";
import { findActionType, typePlace } from "../find.ts";
import { pollJobs } from "../jobs.ts";
import { jobView } from "../jobViews.ts";
import { MAX_JOBS_PER_POLL } from "../limits.ts";
import type { JobRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { answerJob, failureAnswer, successAnswer } from "./answers.ts";
import { findJob, takeOn } from "./jobs.ts";

export const pollForThirdPartyJobs =
  (room: Room): Operation<"PollForThirdPartyJobs"> =>
  async (_ctx, { actionTypeId, maxBatchSize = 1 }) => {
    if (actionTypeId.owner !== "ThirdParty")
      throw invalid("PollForThirdPartyJobs is valid only for action types with the owner ThirdParty");
    const type = findActionType(room, actionTypeId);
    if (!type) throw actionTypeNotFound(typePlace(actionTypeId).join("/"));
    const jobs: { clientId: string; jobId: string }[] = [];
    const most = Math.min(maxBatchSize, MAX_JOBS_PER_POLL);
    for (const { job } of pollJobs(room, typePlace(type), () => true)) {
      jobs.push({ clientId: job.clientId, jobId: job.id });
      if (jobs.length === most) break;
    }
    return { jobs };
  };

/** Differs: nobody has agreed upon tokens with a third party here; the client's id stands for its token. */
const findOwnJob = (room: Room, jobId: string, clientToken: string): JobRecord => {
  const job = findJob(room, jobId, "ThirdParty");
  if (job.clientId !== clientToken) throw invalidClientToken();
  return job;
};

export const getThirdPartyJobDetails =
  (room: Room): Operation<"GetThirdPartyJobDetails"> =>
  async (_ctx, { jobId, clientToken }) => {
    const { nonce, continuationToken } = findOwnJob(room, jobId, clientToken);
    const run = known(room.tables.executions.run(jobId), `the run of the job ${jobId}`);
    const { id, data } = await jobView(room, run, continuationToken);
    return { jobDetails: { id, data, nonce } };
  };

export const acknowledgeThirdPartyJob =
  (room: Room): Operation<"AcknowledgeThirdPartyJob"> =>
  async (_ctx, { jobId, nonce, clientToken }) => ({
    status: takeOn(room, findOwnJob(room, jobId, clientToken), nonce),
  });

export const putThirdPartyJobSuccessResult =
  (room: Room): Operation<"PutThirdPartyJobSuccessResult"> =>
  async (ctx, { jobId, clientToken, ...result }) => {
    answerJob(room, findOwnJob(room, jobId, clientToken).id, successAnswer(ctx, result));
    return {};
  };

export const putThirdPartyJobFailureResult =
  (room: Room): Operation<"PutThirdPartyJobFailureResult"> =>
  async (ctx, { jobId, clientToken, failureDetails }) => {
    answerJob(room, findOwnJob(room, jobId, clientToken).id, failureAnswer(ctx, failureDetails));
    return {};
  };
