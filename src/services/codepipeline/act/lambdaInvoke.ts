import type { JsonObject } from "../../../kernel/json.ts";
import { answerTo } from "./answers.ts";
import type { Job, Provide } from "./provider.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html */
export const lambdaInvoke: Provide = async (job) => {
  const { room, run } = job;
  let continuationToken: string | undefined;
  if (!run.external) await invoke(job, undefined);
  while (true) {
    const answer = await answerTo(job);
    if (answer.status === "Continue") {
      continuationToken = answer.continuationToken;
      room.tables.answers.delete(run.id);
      await room.clock.sleep(CONTINUATION_MS, job.signal);
      await invoke(job, continuationToken);
      continue;
    }
    const { summary, externalId, variables } = answer;
    if (externalId) job.began({ id: externalId });
    if (answer.status === "Succeeded") return { status: "Succeeded", summary, ...(variables ? { variables } : {}) };
    return { status: "Failed", summary, error: { code: "JobFailed", message: summary } };
  }
};

/** AWS calls a function that has asked to continue again after a while. */
const CONTINUATION_MS = 30_000;

const invoke = async (
  { ctx, run, configuration, began }: Job,
  continuationToken: string | undefined,
): Promise<void> => {
  const { FunctionName = "", UserParameters } = configuration;
  const data: JsonObject = {
    actionConfiguration: {
      configuration: { FunctionName, ...(UserParameters === undefined ? {} : { UserParameters }) },
    },
    inputArtifacts: run.inputs.map(({ name, bucket, key }) => ({
      location: { s3Location: { bucketName: bucket, objectKey: key }, type: "S3" },
      revision: null,
      name,
    })),
    outputArtifacts: [],
    ...(continuationToken === undefined ? {} : { continuationToken }),
  };
  const event = { "CodePipeline.job": { id: run.id, accountId: ctx.account, data } };
  await ctx.call("lambda", "Invoke", {
    FunctionName,
    InvocationType: "Event",
    Payload: Buffer.from(JSON.stringify(event)),
  });
  began({ id: run.id });
};
