import type * as sdk from "@aws-sdk/client-codebuild";
import type { Outcome } from "../../../engines/pipeline/model.ts";
import type { CallInputOf } from "../../../kernel/aws.ts";
import { known } from "../../../kernel/errors.ts";
import { outputPlaces } from "../artifacts.ts";
import type { Job } from "./provider.ts";
import { sdkFailure } from "./refusals.ts";
import { endingWith, waitFor } from "./waiting.ts";

type BatchInput = CallInputOf<typeof sdk, "StartBuildBatch">;

/** No event says that a batch has ended. */
const BATCH_POLL_MS = 500;

/** Runs a batch of builds; `CombineArtifacts` puts what all of them give into one place. */
export const runBatch = async (job: Job, request: BatchInput): Promise<Outcome> => {
  const { run, room, ctx, configuration } = job;
  const combine = configuration["CombineArtifacts"] === "true";
  const id = run.external?.id ?? (await start(job, request, combine));
  const stop = () => ctx.call("codebuild", "StopBuildBatch", { id });
  const ended = waitFor(room, "aws.codebuild", () => finished(job, id), job.signal, BATCH_POLL_MS);
  const { buildBatchStatus, phases = [] } = await endingWith(job.signal, stop, ended);
  if (buildBatchStatus === "SUCCEEDED")
    return { status: "Succeeded", outputs: outputPlaces(room, job.pipeline, run), variables: {} };
  const failed = phases.find(({ phaseStatus }) => phaseStatus !== undefined && phaseStatus !== "SUCCEEDED");
  const cause = failed?.contexts?.[0]?.message;
  const message = `Build batch terminated with state: ${buildBatchStatus}.${cause ? ` ${cause}` : ""}`;
  return { status: "Failed", error: { code: "JobFailed", message } };
};

const start = async ({ ctx, began, room }: Job, request: BatchInput, combine: boolean): Promise<string> => {
  const started = ctx.call("codebuild", "StartBuildBatch", {
    ...request,
    ...(combine ? { buildBatchConfigOverride: { combineArtifacts: true } } : {}),
  });
  const { buildBatch } = await started.catch((error: unknown) => {
    throw sdkFailure("AWSCodeBuild", "startBuildBatch", error, room.ids.uuid());
  });
  const id = known(buildBatch?.id, "the batch's id");
  const url = `https://console.aws.amazon.com/codebuild/home?region=${ctx.region}#/builds/${id}/view/new`;
  began({ id, url });
  return id;
};

const finished = async ({ ctx }: Job, id: string) => {
  const { buildBatches } = await ctx.call("codebuild", "BatchGetBuildBatches", { ids: [id] });
  const batch = known(buildBatches?.[0], `the build batch ${id}`);
  return batch.complete ? batch : undefined;
};
