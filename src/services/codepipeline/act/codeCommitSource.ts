import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { errorCode, known } from "../../../kernel/errors.ts";
import { codeCommitOwner } from "../../../kernel/gitHost.ts";
import { isoTime, taken } from "./gitSource.ts";
import type { Job, Provide } from "./provider.ts";
import { unlessDenied } from "./refusals.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
export const codeCommitSource: Provide = async (job) => {
  const { RepositoryName: repositoryName = "", BranchName: branchName = "" } = job.configuration;
  const commit = await unlessDenied(
    commitOf(job, repositoryName, branchName),
    (denial) =>
      `The service role or action role doesn’t have the permissions required to access the AWS CodeCommit repository named ${repositoryName}. Update the IAM role permissions, and then try again. Error: ${denial}`,
  );
  const { commitId = "", message = "", author, committer } = commit;
  const { region, account } = job.ctx;
  const committedAt = msOf(committer?.date);
  const outcome = await taken(
    job,
    { owner: codeCommitOwner({ account, region }), name: repositoryName },
    { commitId, message: message.trimEnd(), committedAt },
    `https://${region}.console.aws.amazon.com/codecommit/home#/repository/${repositoryName}/commit/${commitId}`,
  );
  const variables = {
    AuthorDate: isoTime(msOf(author?.date)),
    BranchName: branchName,
    CommitId: commitId,
    CommitMessage: message.trimEnd(),
    CommitterDate: isoTime(committedAt),
    RepositoryName: repositoryName,
  };
  return { ...outcome, variables };
};

/** The commit to take, once the action's role may read it and have it packed. */
const commitOf = async ({ ctx, execution, run, configuration }: Job, repositoryName: string, branchName: string) => {
  const isFull = configuration["OutputArtifactFormat"] === "CODEBUILD_CLONE_REF";
  try {
    const { branch } = await ctx.call("codecommit", "GetBranch", { repositoryName, branchName });
    const commitId = execution.overrides[run.action.name] ?? branch?.commitId;
    const { commit } = await ctx.call("codecommit", "GetCommit", { repositoryName, commitId });
    // AWS packs the files for the action; a build that clones for itself is told of the repository alone.
    const actions = isFull ? ["GetRepository"] : ["UploadArchive", "GetUploadArchiveStatus"];
    const resource = `arn:${ctx.partition}:codecommit:${ctx.region}:${ctx.account}:${repositoryName}`;
    await ctx.authorize(actions.map((action) => ({ action: `codecommit:${action}`, resource })));
    return known(commit, "the commit");
  } catch (error) {
    throw failureOf(error, repositoryName, branchName);
  }
};

const failureOf = (error: unknown, repository: string, branch: string): unknown => {
  switch (errorCode(error)) {
    case "RepositoryDoesNotExistException":
      return new ActionFailure(
        "ConfigurationError",
        `The action failed because no AWS CodeCommit repository named ${repository} was found. Make sure you are using the correct repository name, and then try again. Error: null`,
      );
    case "BranchDoesNotExistException":
      return new ActionFailure(
        "ConfigurationError",
        `The action failed because no branch named ${branch} was found in the selected AWS CodeCommit repository ${repository}. Make sure you are using the correct branch name, and then try again. Error: null`,
      );
    case "CommitIdDoesNotExistException":
    case "InvalidCommitIdException":
      return new ActionFailure(
        "ConfigurationError",
        `The action failed because the commit was not found in the selected AWS CodeCommit repository ${repository}. Error: null`,
      );
    default:
      return error;
  }
};

/** Of a date as Git writes it: `1700000000 +0200`. */
const msOf = (date = "0"): number => Number.parseInt(date, 10) * 1000;
