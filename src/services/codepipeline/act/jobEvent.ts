import type { JobView } from "../jobViews.ts";

/**
 * A job as a function is handed it: without what it could ask GetJobDetails for.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
 */
export const jobEvent = ({ id, accountId, data }: Pick<JobView, "id" | "accountId" | "data">) => {
  const { actionTypeId: _type, pipelineContext: _context, inputArtifacts, outputArtifacts, ...shared } = data;
  return {
    "CodePipeline.job": {
      id,
      accountId,
      data: {
        ...shared,
        inputArtifacts: inputArtifacts.map((artifact) => ({ ...artifact, revision: artifact.revision ?? null })),
        outputArtifacts: outputArtifacts.map((artifact) => ({ ...artifact, revision: null })),
      },
    },
  };
};
