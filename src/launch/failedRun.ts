import type { PipelineRun } from "./pipeline.ts";
import { LaunchFailed } from "./progress.ts";

/** What a launch ends with whose run did not succeed: why, what was logged of it, and what helps. */
export const failedRun = (pipeline: string, { executionId, status, failure, log = [] }: PipelineRun): LaunchFailed => {
  const why = [failure ?? [], log.map((line) => `  | ${line}`)].flat().map((line) => `\n${line}`);
  return new LaunchFailed(
    `The run ${executionId} of the pipeline ${pipeline} is ${status}.${why.join("")}`,
    failure ? nextAfter(failure) : `aloft runs ${executionId.slice(0, 8)}`,
  );
};

/** AWS: a stack whose creation failed can only be deleted, and so each later run fails until somebody does. */
const nextAfter = (failure: string): string => {
  const stack = /:stack\/([^/\s]+)\/\S+ is in ROLLBACK_COMPLETE state/.exec(failure)?.[1];
  return stack === undefined ? "aloft logs" : `aws cloudformation delete-stack --stack-name ${stack} && aloft retry`;
};
