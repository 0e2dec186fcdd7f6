import type { Outcome } from "../../../engines/pipeline/model.ts";
import type { Context } from "../../../kernel/context.ts";
import { jobView } from "../jobViews.ts";
import { SERVICE_PRINCIPAL } from "../room.ts";
import { outcomeOf } from "./answers.ts";
import { answerInTime } from "./functionAnswer.ts";
import { jobEvent } from "./jobEvent.ts";
import type { Job, Provide } from "./provider.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html */
export const lambdaInvoke: Provide = (job) => invokeUntilDone(job, job.configuration["FunctionName"] ?? "", job.ctx);

/** AWS calls a function that has asked to continue again after a while. */
const CONTINUATION_MS = 30_000;

/** Hands the job to a function, again and again until it says how it ended. The service calls where no role does. */
export const invokeUntilDone = async (job: Job, functionName: string, ctx?: Context): Promise<Outcome> => {
  const { room, run } = job;
  if (!run.external) await invoke(job, functionName, ctx, undefined);
  while (true) {
    const answer = await answerInTime(job, functionName);
    if (answer.status !== "Continue") return outcomeOf(job, answer);
    // The answer is taken only once the function is called anew: after a crash meanwhile it is called again.
    await room.clock.sleep(CONTINUATION_MS, job.signal);
    room.tables.answers.delete(run.id);
    await invoke(job, functionName, ctx, answer.continuationToken);
  }
};

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
