import { findActionType } from "../find.ts";
import { dropJob, queueJob } from "../jobs.ts";
import { answerTo, outcomeOf, shownAt } from "./answers.ts";
import { invokeUntilDone } from "./lambdaInvoke.ts";
import type { Provide } from "./provider.ts";

/**
 * An action of somebody's own type: its job waits for a worker, or is given to a function, which gives its result.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
 */
export const worker: Provide = async (job) => {
  const { room, run } = job;
  const type = findActionType(room, run.action);
  const functionArn = type?.declaration?.executor.configuration.lambdaExecutorConfiguration?.lambdaFunctionArn;
  if (functionArn !== undefined) return invokeUntilDone(job, functionArn);
  queueJob(room, run);
  if (!run.external) job.began({ id: run.id });
  while (true) {
    const answer = await answerTo(job);
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
