import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { FUNCTION_SILENCE_MS } from "../limits.ts";
import type { AnswerRecord } from "../records.ts";
import { answerTo } from "./answers.ts";
import type { Job } from "./provider.ts";

/** AWS: waits twenty minutes for a function to say something, be it that it goes on. */
export const answerInTime = async (job: Job, functionName: string): Promise<AnswerRecord> => {
  const { room, signal } = job;
  const silent = new AbortController();
  const answered = new AbortController();
  const timer = room.clock.sleep(FUNCTION_SILENCE_MS, AbortSignal.any([signal, answered.signal])).then(
    () => silent.abort(new ActionFailure("JobFailed", silence(functionName))),
    () => {}, // It answered first, or is not waited for any more.
  );
  try {
    return await answerTo({ ...job, signal: AbortSignal.any([signal, silent.signal]) });
  } finally {
    answered.abort();
    await timer;
  }
};

const silence = (functionName: string): string =>
  `The AWS Lambda function ${functionName} failed to return a result. Check the function to verify that it has permission to call the PutJobSuccessResult action and that it made a call to PutJobSuccessResult.`;
