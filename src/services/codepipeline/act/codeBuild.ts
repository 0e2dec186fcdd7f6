import type * as sdk from "@aws-sdk/client-codebuild";
import type { NamedArtifact } from "../../../engines/pipeline/model.ts";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import type { CallInputOf, OutputOf } from "../../../kernel/aws.ts";
import { known } from "../../../kernel/errors.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { outputPlaces } from "../artifacts.ts";
import type { Job, Provide } from "./provider.ts";
import { waitFor } from "./waiting.ts";

type StartInput = CallInputOf<typeof sdk, "StartBuild">;
type Overrides = Omit<StartInput, "projectName">;
type Build = NonNullable<OutputOf<typeof sdk, "BatchGetBuilds">["builds"]>[number];

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export const codeBuild: Provide = async (job) => {
  const { run, room, ctx } = job;
  const outputs = outputPlaces(room, job.pipeline, run);
  const id = run.external?.id ?? (await start(job, outputs));
  const stopBuild = () => void ctx.call("codebuild", "StopBuild", { id }).catch(() => {});
  job.signal.addEventListener("abort", stopBuild, { once: true });
  try {
    const build = await waitFor(room, "aws.codebuild", () => finished(job, id), job.signal);
    if (build.buildStatus !== "SUCCEEDED") return failure(build);
    const variables = (build.exportedEnvironmentVariables ?? []).map(({ name = "", value = "" }) => [name, value]);
    return { status: "Succeeded", outputs, variables: Object.fromEntries(variables) };
  } finally {
    job.signal.removeEventListener("abort", stopBuild);
  }
};

const start = async (job: Job, outputs: readonly NamedArtifact[]): Promise<string> => {
  const { ctx, configuration, run, room } = job;
  if (configuration["BatchEnabled"] === "true")
    throw new ActionFailure("ConfigurationError", "Batch builds are not built yet.");
  const { build } = await ctx.call("codebuild", "StartBuild", {
    projectName: configuration["ProjectName"],
    idempotencyToken: run.id,
    ...sources(job),
    ...artifacts(outputs),
    ...(configuration["EnvironmentVariables"]
      ? { environmentVariablesOverride: variables(configuration["EnvironmentVariables"]) }
      : {}),
  });
  const id = known(build?.id, "the build's id");
  const { groupName, streamName } = build?.logs ?? {};
  const logStreamArn =
    groupName && streamName
      ? `arn:${ctx.partition}:logs:${ctx.region}:${ctx.account}:log-group:${groupName}:log-stream:${streamName}`
      : undefined;
  const [project = "", uuid = ""] = id.split(":");
  const url = `https://console.aws.amazon.com/codebuild/home?region=${room.deps.region}#/builds/${project}:${uuid}/view/new`;
  job.began({ id, url, ...(logStreamArn ? { logStreamArn } : {}) });
  return id;
};

/** AWS: whatever source a project has, the pipeline's input artifacts take its place. */
const sources = ({ inputs, configuration, execution }: Job): Overrides => {
  const primary = inputs.find(({ name }) => name === configuration["PrimarySource"]) ?? inputs[0];
  if (!primary) throw new ActionFailure("ConfigurationError", "The input artifact of the action does not exist.");
  const others = inputs.filter((input) => input !== primary);
  const revision = execution.revisions.find(({ artifactName }) => artifactName === primary.name)?.revisionId;
  return {
    sourceTypeOverride: "CODEPIPELINE",
    sourceLocationOverride: `${primary.bucket}/${primary.key}`,
    ...(revision === undefined ? {} : { sourceVersion: revision }),
    secondarySourcesOverride: others.map(({ name, bucket, key }) => ({
      type: "S3",
      sourceIdentifier: name,
      location: `${bucket}/${key}`,
    })),
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

const variables = (text: string): StartInput["environmentVariablesOverride"] => {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new ActionFailure("ConfigurationError", "EnvironmentVariables is not a JSON list.");
  return parsed.filter(isJsonObject).map(({ name, value, type }) => ({
    name: String(name),
    value: String(value ?? ""),
    ...(type === "PARAMETER_STORE" || type === "SECRETS_MANAGER" ? { type } : {}),
  }));
};

const finished = async ({ ctx }: Job, id: string): Promise<Build | undefined> => {
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
