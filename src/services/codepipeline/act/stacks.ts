import { errorMessage } from "../../../kernel/errors.ts";
import type { Job } from "./provider.ts";
import { stackWanted } from "./stackRequest.ts";
import { findStack, outputsOf, type Stack, type StackOutputs, settled } from "./stackState.ts";

export const createOrUpdate = async (job: Job): Promise<StackOutputs> => {
  const name = job.configuration["StackName"] ?? "";
  if (!job.run.external) await begin(job, name, await findStack(job, name));
  return outputsOf(await settled(job, name));
};

/** AWS: a stack in a state of failure is deleted and made anew. */
export const replaceOnFailure = async (job: Job): Promise<StackOutputs> => {
  const name = job.configuration["StackName"] ?? "";
  if (!job.run.external) {
    const stack = await findStack(job, name);
    const broken = FAILED.has(stack?.StackStatus ?? "");
    if (broken) await remove(job, stack);
    await begin(job, name, broken ? undefined : stack);
  }
  return outputsOf(await settled(job, name));
};

const FAILED: ReadonlySet<string> = new Set([
  "ROLLBACK_COMPLETE",
  "ROLLBACK_FAILED",
  "CREATE_FAILED",
  "DELETE_FAILED",
  "UPDATE_ROLLBACK_FAILED",
]);

/** AWS: a stack that is not there is deleted already. */
export const deleteOnly = async (job: Job): Promise<StackOutputs> => {
  const stack = await findStack(job, job.configuration["StackName"] ?? "");
  if (stack) await remove(job, stack);
  return {};
};

const begin = async (job: Job, name: string, stack: Stack | undefined): Promise<void> => {
  const { request: wanted, policy: StackPolicyBody } = await stackWanted(job);
  const request = { StackName: name, ...wanted, StackPolicyBody, ClientRequestToken: job.run.id };
  const exists = stack !== undefined && stack.StackStatus !== "REVIEW_IN_PROGRESS";
  try {
    const { StackId = name } = await job.ctx.call("cloudformation", exists ? "UpdateStack" : "CreateStack", request);
    job.began({ id: StackId });
  } catch (error) {
    if (!/No updates are to be performed/.test(errorMessage(error))) throw error;
    job.began({ id: stack?.StackId ?? name }, "There were no changes to deploy.");
  }
};

const remove = async (job: Job, stack: Stack | undefined): Promise<void> => {
  const id = stack?.StackId ?? "";
  await job.ctx.call("cloudformation", "DeleteStack", {
    StackName: id,
    RoleARN: job.configuration["RoleArn"],
    ClientRequestToken: job.run.id,
  });
  // By its id a stack is still seen when it is deleted.
  await settled(job, id);
};
