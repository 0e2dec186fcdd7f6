import { ownContext } from "../roles.ts";
import { type BuildRequest, runBuild } from "./codeBuild.ts";
import type { Job, Provide } from "./provider.ts";

/** The project of CodeBuild's that runs the commands of pipelines; it is nobody's. */
const MANAGED_PROJECT = "AWSCodePipeline-Commands";

/**
 * Runs commands as the pipeline's role, in a build without a project of one's own.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export const commands: Provide = (job) =>
  // CodePipeline's own builds: the role needs no permissions of CodeBuild.
  runBuild(job, ownContext(job.room, job.room.deps), request(job));

const request = ({ run, execution, resolve }: Job): BuildRequest => ({
  projectName: MANAGED_PROJECT,
  serviceRoleOverride: run.action.roleArn ?? execution.spec.roleArn,
  buildspecOverride: JSON.stringify(buildspec(run.action, resolve)),
  logsConfigOverride: {
    cloudWatchLogs: { status: "ENABLED", groupName: `/aws/codepipeline/${run.pipelineName}` },
  },
  environmentVariablesOverride: (run.action.environmentVariables ?? []).map(({ name, value, type }) => ({
    name,
    value: resolve(value),
    type,
  })),
});

/** AWS: an output artifact takes in the files it names, or all that is there. */
const buildspec = (
  { commands: lines = [], outputVariables = [], outputArtifacts, outputFiles = {} }: Action,
  resolve: Job["resolve"],
) => {
  const [output] = outputArtifacts;
  const files = (output === undefined ? undefined : outputFiles[output]) ?? [];
  return {
    version: 0.2,
    ...(outputVariables.length > 0 ? { env: { "exported-variables": outputVariables } } : {}),
    phases: { build: { commands: lines.map(resolve) } },
    ...(output === undefined ? {} : { artifacts: { files: files.length > 0 ? files : ["**/*"] } }),
  };
};

type Action = Job["run"]["action"];
