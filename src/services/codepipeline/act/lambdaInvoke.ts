import type { Outcome } from "../../../engines/pipeline/model.ts";
import type { Context } from "../../../kernel/context.ts";
import { jobView } from "../jobViews.ts";
import { FUNCTION_SILENCE_MS } from "../limits.ts";
import { SERVICE_PRINCIPAL } from "../room.ts";
import { answerInTime } from "./answerInTime.ts";
import { outcomeOf } from "./answers.ts";
import { jobEvent } from "./jobEvent.ts";
import type { Job, Provide } from "./provider.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html */
export const lambdaInvoke: Provide = (job) => invokeUntilDone(job, job.configuration["FunctionName"] ?? "", job);

/** AWS calls a function that has asked to continue again after a while. */
const CONTINUATION_MS = 30_000;

/**
 * Hands the job to a function, again and again until it says how it ended, each time within a time. The service calls where no
 * role does.
 */
export const invokeUntilDone = async (
  job: Job,
  functionName: string,
  { ctx, timeoutMs = FUNCTION_SILENCE_MS }: { readonly ctx?: Context; readonly timeoutMs?: number | undefined },
): Promise<Outcome> => {
  const { room, run } = job;
  if (!run.external) await invoke(job, functionName, ctx, undefined);
  while (true) {
    const answer = await answerInTime(job, room.clock.now() + timeoutMs, silence(functionName));
    if (answer.status !== "Continue") return outcomeOf(job, answer);
    // The answer is taken only once the function is called anew: after a crash meanwhile it is called again.
    await room.clock.sleep(CONTINUATION_MS, job.signal);
    room.tables.answers.delete(run.id);
    await invoke(job, functionName, ctx, answer.continuationToken);
  }
};

const silence = (functionName: string): string =>
  `The AWS Lambda function ${functionName} failed to return a result. Check the function to verify that it has permission to call the PutJobSuccessResult action and that it made a call to PutJobSuccessResult.`;

const invoke = async (job: Job, FunctionName: string, role: Context | undefined, token: string | undefined) => {
  const { room, run } = job;
  const { account } = room.deps;
  const ctx = role ?? room.deps.contextAs({ kind: "service", account, service: SERVICE_PRINCIPAL });
  const event = jobEvent(await jobView(room, run, token));
  await ctx.call("lambda", "Invoke", {
    FunctionName,
    InvocationType: "Event",
    Payload: Buffer.from(JSON.stringify(event)),
  });
  job.began({ id: run.id });
};
