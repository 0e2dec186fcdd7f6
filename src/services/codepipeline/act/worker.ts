import { known } from "../../../kernel/errors.ts";
import { findActionType } from "../find.ts";
import { dropJob, queueJob } from "../jobs.ts";
import type { AnswerRecord } from "../records.ts";
import { answerInTime } from "./answerInTime.ts";
import { answerTo, outcomeOf, shownAt } from "./answers.ts";
import { invokeUntilDone } from "./lambdaInvoke.ts";
import type { Job, Provide } from "./provider.ts";

/**
 * An action of somebody's own type: its job waits for a worker, or is given to a function, which gives its result.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
 */
export const worker: Provide = async (job) => {
  const { room, run } = job;
  const type = findActionType(room, run.action);
  const executor = type?.declaration?.executor;
  const functionArn = executor?.configuration.lambdaExecutorConfiguration?.lambdaFunctionArn;
  const seconds = executor?.jobTimeout;
  if (functionArn !== undefined)
    return invokeUntilDone(job, functionArn, { timeoutMs: seconds === undefined ? undefined : seconds * SECOND_MS });
  queueJob(room, run);
  if (!run.external) job.began({ id: run.id });
  while (true) {
    const answer = await (seconds === undefined ? answerTo(job) : answerWithin(job, seconds));
    if (answer.status !== "Continue") {
      dropJob(room, run.id);
      return outcomeOf(job, answer);
    }
    if (answer.externalId) job.began(shownAt(job, answer.externalId), answer.summary);
    room.deps.records.atomically(() => {
      room.tables.answers.delete(run.id);
      queueJob(room, run, answer.continuationToken ?? "");
    });
  }
};

const SECOND_MS = 1000;

/** AWS: each job of an action has its type's time for itself, from when it is there to be taken. */
const answerWithin = (job: Job, seconds: number): Promise<AnswerRecord> => {
  const { queuedAt } = known(job.room.tables.jobs.get(job.run.id), `the job ${job.run.id}`);
  return answerInTime(job, queuedAt + seconds * SECOND_MS, `The job did not complete within ${seconds} seconds.`);
};
