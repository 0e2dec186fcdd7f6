import type { Outcome } from "../../../engines/pipeline/model.ts";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { errorCode, known } from "../../../kernel/errors.ts";
import { fileOf, outputPlaces, putArtifact, zipOf } from "../artifacts.ts";
import type { Job, Provide } from "./provider.ts";
import { waitFor } from "./waiting.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html */
export const stepFunctions: Provide = async (job) => {
  const { run, room, ctx, configuration } = job;
  const executionArn = run.external?.id ?? (await start(job));
  const machine = { StateMachineArn: configuration["StateMachineArn"] ?? "" };
  // AWS: an execution of an express state machine is begun and not waited for; it has no output artifact and no ARN to show.
  if (isExpress(executionArn)) return { status: "Succeeded", summary: "", variables: machine };
  const look = async () => {
    const found = await ctx.call("states", "DescribeExecution", { executionArn });
    return found.status === "RUNNING" ? undefined : found;
  };
  const { status, output = "", error, cause } = await waitFor(room, "aws.states", look, job.signal);
  if (status !== "SUCCEEDED") {
    const message = [`The execution ended with the status ${status}`, error, cause].filter(Boolean).join(": ");
    return { status: "Failed", summary: message, error: { code: "JobFailed", message } };
  }
  const variables = { ...machine, ExecutionArn: executionArn };
  return { status: "Succeeded", summary: "", variables, ...(await outputsOf(job, output)) };
};

/** `arn:aws:states:REGION:ACCOUNT:express:MACHINE:NAME:ID`; that of a standard one says `execution`. */
const isExpress = (executionArn: string): boolean => executionArn.split(":")[5] === "express";

const start = async (job: Job): Promise<string> => {
  const { ctx, configuration, run } = job;
  const { StateMachineArn, ExecutionNamePrefix } = configuration;
  const name = ExecutionNamePrefix ? `${ExecutionNamePrefix}-${run.id}` : run.id;
  const input = await inputOf(job);
  const executionArn = await (async () => {
    try {
      const begun = await ctx.call("states", "StartExecution", { stateMachineArn: StateMachineArn, name, input });
      return known(begun.executionArn, "the execution's ARN");
    } catch (error) {
      if (errorCode(error) !== "ExecutionAlreadyExists") throw error;
      // It was begun just before a crash.
      return `${StateMachineArn?.replace(":stateMachine:", ":execution:")}:${name}`;
    }
  })();
  const url = `https://console.aws.amazon.com/states/home?region=${ctx.region}#/executions/details/${executionArn}`;
  job.began({ id: executionArn, url });
  return executionArn;
};

const inputOf = async ({ ctx, configuration, inputs }: Job): Promise<string | undefined> => {
  const { InputType = "Literal", Input } = configuration;
  if (InputType === "Literal") return Input;
  const [artifact] = inputs;
  if (InputType !== "FilePath" || !artifact || !Input)
    throw new ActionFailure("ConfigurationError", `The input of type ${InputType} cannot be read: ${Input ?? ""}`);
  return fileOf(ctx, inputs, `${artifact.name}::${Input}`);
};

const outputsOf = async (job: Job, output: string): Promise<Pick<Outcome & { status: "Succeeded" }, "outputs">> => {
  const [place] = outputPlaces(job.room, job.pipeline, job.run);
  if (!place) return {};
  await putArtifact(job.ctx, job.pipeline, place, await zipOf("output.json", output));
  return { outputs: [place] };
};
