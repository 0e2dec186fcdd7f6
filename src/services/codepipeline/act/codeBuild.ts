import type * as sdk from "@aws-sdk/client-codebuild";
import type { NamedArtifact, Outcome } from "../../../engines/pipeline/model.ts";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import type { CallInputOf, OutputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage, known } from "../../../kernel/errors.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { outputPlaces } from "../artifacts.ts";
import { runBatch } from "./codeBuildBatch.ts";
import type { Job, Provide } from "./provider.ts";
import { sdkFailure } from "./refusals.ts";
import { endingWith, waitFor } from "./waiting.ts";

type StartInput = CallInputOf<typeof sdk, "StartBuild">;
type Overrides = Omit<StartInput, "projectName">;
type Build = NonNullable<OutputOf<typeof sdk, "BatchGetBuilds">["builds"]>[number];

/** What is asked of a build beside its sources and artifacts. */
export type BuildRequest = Omit<StartInput, "sourceTypeOverride" | "artifactsOverride" | "idempotencyToken">;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export const codeBuild: Provide = (job) => {
  const { configuration, ctx } = job;
  const { ProjectName, BuildspecOverride, EnvironmentVariables, BatchEnabled } = configuration;
  const request = {
    projectName: ProjectName,
    ...(BuildspecOverride ? { buildspecOverride: BuildspecOverride } : {}),
    ...(EnvironmentVariables ? { environmentVariablesOverride: variables(EnvironmentVariables) } : {}),
  };
  return BatchEnabled === "true" ? runBatch(job, { ...request, ...placesOf(job) }) : runBuild(job, ctx, request);
};

/** Runs a build to its end on what the action takes in, and leaves what it gives in the artifact store. */
export const runBuild = async (job: Job, ctx: Context, request: BuildRequest): Promise<Outcome> => {
  const { run, room } = job;
  const id = run.external?.id ?? (await start(job, ctx, { ...request, ...placesOf(job) }));
  const stop = () => ctx.call("codebuild", "StopBuild", { id });
  const ended = waitFor(room, "aws.codebuild", () => finished(ctx, id), job.signal);
  const build = await endingWith(job.signal, stop, ended);
  if (build.buildStatus !== "SUCCEEDED") return failure(build);
  const exported = (build.exportedEnvironmentVariables ?? []).map(({ name = "", value = "" }) => [name, value]);
  const outputs = outputPlaces(room, job.pipeline, run);
  return { status: "Succeeded", outputs, variables: Object.fromEntries(exported) };
};

const placesOf = (job: Job) => ({
  ...sources(job),
  ...artifacts(outputPlaces(job.room, job.pipeline, job.run)),
  idempotencyToken: job.run.id,
});

const start = async (job: Job, ctx: Context, request: StartInput): Promise<string> => {
  const { build } = await ctx.call("codebuild", "StartBuild", request).catch((error: unknown) => {
    throw sdkFailure("AWSCodeBuild", "startBuild", error, job.room.ids.uuid());
  });
  const id = known(build?.id, "the build's id");
  const { groupName, streamName } = build?.logs ?? {};
  const logStreamArn =
    groupName && streamName
      ? `arn:${ctx.partition}:logs:${ctx.region}:${ctx.account}:log-group:${groupName}:log-stream:${streamName}`
      : undefined;
  const [project = "", uuid = ""] = id.split(":");
  const url = `https://console.aws.amazon.com/codebuild/home?region=${ctx.region}#/builds/${project}:${uuid}/view/new`;
  job.began({ id, url, ...(logStreamArn ? { logStreamArn } : {}) });
  return id;
};

/** AWS: whatever source a project has, the pipeline's input artifacts take its place. */
const sources = ({ inputs, configuration, execution }: Job): Overrides => {
  const primary = inputs.find(({ name }) => name === configuration["PrimarySource"]) ?? inputs[0];
  if (!primary) return { sourceTypeOverride: "NO_SOURCE" };
  const others = inputs.filter((input) => input !== primary);
  const revisionOf = ({ name }: NamedArtifact) =>
    execution.revisions.find(({ artifactName }) => artifactName === name)?.revisionId;
  const revision = revisionOf(primary);
  return {
    sourceTypeOverride: "CODEPIPELINE",
    sourceLocationOverride: `${primary.bucket}/${primary.key}`,
    ...(revision === undefined ? {} : { sourceVersion: revision }),
    secondarySourcesOverride: others.map(({ name, bucket, key }) => ({
      type: "CODEPIPELINE",
      sourceIdentifier: name,
      location: `${bucket}/${key}`,
    })),
    secondarySourcesVersionOverride: others.flatMap((other) => {
      const sourceVersion = revisionOf(other);
      return sourceVersion === undefined ? [] : [{ sourceIdentifier: other.name, sourceVersion }];
    }),
  };
};

const artifacts = (outputs: readonly NamedArtifact[]): Overrides => {
  const [primary, ...others] = outputs;
  if (!primary) return { artifactsOverride: { type: "NO_ARTIFACTS" } };
  if (others.length === 0) return { artifactsOverride: archive(primary) };
  // AWS: with several output artifacts each is a secondary artifact of its own name.
  return {
    artifactsOverride: { type: "NO_ARTIFACTS" },
    secondaryArtifactsOverride: outputs.map((output) => ({ ...archive(output), artifactIdentifier: output.name })),
  };
};

const archive = ({ bucket, key }: NamedArtifact) => ({
  type: "S3" as const,
  location: bucket,
  path: key.split("/").slice(0, -1).join("/"),
  name: key.split("/").at(-1) ?? "",
  namespaceType: "NONE" as const,
  packaging: "ZIP" as const,
  overrideArtifactName: false,
});

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ActionFailure("ConfigurationError", `EnvironmentVariables is not JSON: ${errorMessage(error)}`);
  }
};

const variables = (text: string): StartInput["environmentVariablesOverride"] => {
  const parsed = parsedJson(text);
  if (!Array.isArray(parsed)) throw new ActionFailure("ConfigurationError", "EnvironmentVariables is not a JSON list.");
  return parsed.filter(isJsonObject).map(({ name, value, type }) => ({
    name: String(name),
    value: String(value ?? ""),
    ...(type === "PARAMETER_STORE" || type === "SECRETS_MANAGER" ? { type } : {}),
  }));
};

const finished = async (ctx: Context, id: string): Promise<Build | undefined> => {
  const { builds } = await ctx.call("codebuild", "BatchGetBuilds", { ids: [id] });
  const build = known(builds?.[0], `the build ${id}`);
  return build.buildComplete ? build : undefined;
};

/** AWS: `Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: …` */
const failure = ({ buildStatus, phases = [] }: Build) => {
  const failed = phases.find(({ phaseStatus }) => phaseStatus !== undefined && phaseStatus !== "SUCCEEDED");
  const context = failed?.contexts?.[0];
  const cause = failed
    ? ` Phase: ${failed.phaseType}, Code: ${context?.statusCode ?? ""}, Message: ${context?.message ?? ""}`
    : "";
  return {
    status: "Failed" as const,
    error: { code: "JobFailed", message: `Build terminated with state: ${buildStatus}.${cause}` },
  };
};
