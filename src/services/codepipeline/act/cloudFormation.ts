import type { NamedArtifact } from "../../../engines/pipeline/model.ts";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { newArtifact, putArtifact, zipOf } from "../artifacts.ts";
import { executeChangeSet, replaceChangeSet } from "./changeSets.ts";
import type { Job, Provide } from "./provider.ts";
import type { StackOutputs } from "./stackState.ts";
import { createOrUpdate, deleteOnly, replaceOnFailure } from "./stacks.ts";

/** What the modes of the action do; each gives the stack's outputs. */
const MODES: Readonly<Record<string, (job: Job) => Promise<StackOutputs>>> = {
  CHANGE_SET_EXECUTE: executeChangeSet,
  CHANGE_SET_REPLACE: replaceChangeSet,
  CREATE_UPDATE: createOrUpdate,
  DELETE_ONLY: deleteOnly,
  REPLACE_ON_FAILURE: replaceOnFailure,
};

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html */
export const cloudFormation: Provide = async (job) => {
  const mode = MODES[job.configuration["ActionMode"] ?? ""];
  if (!mode) throw new ActionFailure("ConfigurationError", `Unknown action mode ${job.configuration["ActionMode"]}`);
  const outputs = await mode(job);
  return { status: "Succeeded", ...(await outputArtifact(job, outputs)), variables: outputs };
};

/** AWS: the stack's outputs as a JSON file of the name given; without a name there is neither file nor artifact. */
const outputArtifact = async (
  job: Job,
  outputs: StackOutputs,
): Promise<{ readonly outputs?: readonly NamedArtifact[] }> => {
  const { run, pipeline, ctx, configuration } = job;
  const [name] = run.action.outputArtifacts;
  const file = configuration["OutputFileName"];
  if (name === undefined || !file) return {};
  const artifact = newArtifact(job, name);
  try {
    await putArtifact(ctx, pipeline, artifact, await zipOf(file, JSON.stringify(outputs)));
  } catch (error) {
    throw new ActionFailure("PermissionError", `The output artifact ${name} cannot be stored: ${errorMessage(error)}`);
  }
  return { outputs: [artifact] };
};
