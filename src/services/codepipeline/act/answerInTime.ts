import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import type { AnswerRecord } from "../records.ts";
import { answerTo } from "./answers.ts";
import type { Job } from "./provider.ts";

/** Waits for the answer to a job until a time, in milliseconds since the epoch. Throws ActionFailure with the message after that. */
export const answerInTime = async (job: Job, until: number, message: string): Promise<AnswerRecord> => {
  const { room, signal } = job;
  const silent = new AbortController();
  const answered = new AbortController();
  const timer = room.clock.sleep(until - room.clock.now(), AbortSignal.any([signal, answered.signal])).then(
    () => silent.abort(new ActionFailure("JobFailed", message)),
    () => {}, // It was answered first, or is not waited for any more.
  );
  try {
    return await answerTo({ ...job, signal: AbortSignal.any([signal, silent.signal]) });
  } finally {
    answered.abort();
    await timer;
  }
};
