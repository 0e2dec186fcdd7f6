import type { Outcome } from "../../../engines/pipeline/model.ts";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { cloneReferenceText } from "../../../kernel/cloneReference.ts";
import type { Context } from "../../../kernel/context.ts";
import { AwsError, known } from "../../../kernel/errors.ts";
import type { GitCommit, RepositoryName } from "../../../kernel/gitHost.ts";
import { newArtifact, putArtifact } from "../artifacts.ts";
import { secretPlace } from "../declaration.ts";
import { branchOf, gitTriggerOf, pullRequestVariables } from "../gitTrigger.ts";
import { type Room, SERVICE_PRINCIPAL } from "../room.ts";
import type { Job, Provide } from "./provider.ts";
import { unlessDenied } from "./refusals.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html */
export const gitHubSource: Provide = async (job) => {
  const { Owner: owner = "", Repo: name = "", Branch: branch = "" } = job.configuration;
  const sealed = job.pipeline.secrets[secretPlace(job.run.stageName, job.run.action.name, "OAuthToken")];
  const token = sealed === undefined ? "" : job.room.deps.cipher.open(sealed).toString();
  const commit = await commitOf(job, { owner, name }, branch, token);
  const outcome = await taken(job, { owner, name }, commit);
  const own = { CommitterDate: isoTime(commit.committedAt), CommitUrl: "", RepositoryName: name };
  return { ...outcome, variables: { ...commitVariables(commit, branch), ...own } };
};

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html */
export const connectionSource: Provide = async (job) => {
  const { ConnectionArn = "", FullRepositoryId = "", BranchName = "" } = job.configuration;
  const [owner = "", ...rest] = FullRepositoryId.split("/");
  const repository = { owner, name: rest.join("/") };
  await unlessDenied(
    job.ctx.call("git", "UseConnection", { connectionArn: ConnectionArn, fullRepositoryId: FullRepositoryId }),
    () => `Unable to use Connection: ${ConnectionArn}. The provided role does not have sufficient permissions.`,
  );
  const commit = await commitOf(job, repository, BranchName, undefined);
  const outcome = await taken(job, repository, commit);
  // AWS: triggers may bring commits of other branches than the action names.
  const trigger = gitTriggerOf(job.execution, job.run.action.name);
  const branch = (trigger && branchOf(trigger)) ?? BranchName;
  const own = {
    ConnectionArn,
    FullRepositoryName: FullRepositoryId,
    ...(trigger ? pullRequestVariables(trigger) : {}),
  };
  return { ...outcome, variables: { ...own, ...commitVariables(commit, branch) } };
};

export const hostContext = ({ deps }: Room): Context =>
  deps.contextAs({ kind: "service", account: deps.account, service: SERVICE_PRINCIPAL });

const commitOf = async (
  { room, execution, run }: Job,
  repository: RepositoryName,
  branch: string,
  token: string | undefined,
): Promise<GitCommit> => {
  const ref = execution.overrides[run.action.name] ?? branch;
  try {
    const found = await hostContext(room).call("git", "GetCommit", {
      ...repository,
      ref,
      ...(token === undefined ? {} : { token }),
    });
    return { ...found, commitId: known(found.commitId, "the commit's id") };
  } catch (error) {
    throw sourceFailure(error, repository, branch);
  }
};

const sourceFailure = (error: unknown, { owner, name }: RepositoryName, branch: string): unknown => {
  if (!(error instanceof AwsError)) return error;
  switch (error.code) {
    case "BadCredentials":
      return new ActionFailure(
        "PermissionError",
        `Could not access the GitHub repository: "${name}". The access token might be invalid or has been revoked. Edit the pipeline to reconnect with GitHub.`,
      );
    case "RepositoryDoesNotExistException":
      return new ActionFailure(
        "ConfigurationError",
        `Could not access the GitHub repository: "${owner}/${name}". It does not exist on the Git host.`,
      );
    case "ReferenceDoesNotExistException":
      return new ActionFailure(
        "ConfigurationError",
        `No branch found with name ${branch} in the repository ${owner}/${name}.`,
      );
    default:
      return error;
  }
};

/** What of a commit its revision tells. */
type TakenCommit = Pick<GitCommit, "commitId" | "message" | "committedAt">;

/** The outcome of a source action that took a commit. */
export const taken = async (
  job: Job,
  repository: RepositoryName,
  commit: TakenCommit,
  url = `https://github.com/${repository.owner}/${repository.name}/commit/${commit.commitId}`,
): Promise<Outcome & { status: "Succeeded" }> => {
  const { pipeline, run, ctx } = job;
  const { commitId } = commit;
  const [artifactName = ""] = run.action.outputArtifacts;
  const output = newArtifact(job, artifactName);
  await putArtifact(ctx, pipeline, output, await contentOf(job, repository, commitId));
  job.began({ id: commitId, url });
  return {
    status: "Succeeded",
    summary: commit.message,
    outputs: [output],
    revisions: [
      {
        actionName: run.action.name,
        artifactName,
        revisionId: commitId,
        summary: summaryOf(job, commit.message),
        url,
        created: commit.committedAt,
      },
    ],
  };
};

/** The commit's files; or, where builds are to have its history as well, what they clone it by. */
const contentOf = async (
  { room, configuration }: Job,
  repository: RepositoryName,
  commitId: string,
): Promise<Uint8Array> => {
  const { OutputArtifactFormat, ConnectionArn } = configuration;
  if (OutputArtifactFormat === "CODEBUILD_CLONE_REF")
    return Buffer.from(
      cloneReferenceText({
        ...repository,
        commitId,
        ...(ConnectionArn === undefined ? {} : { connectionArn: ConnectionArn }),
      }),
    );
  const { archive } = await hostContext(room).call("git", "GetArchive", { ...repository, commitId });
  return archive;
};

/** AWS: connections give their summary as JSON that names the provider; GitHub v1 the plain message. */
const summaryOf = ({ run }: Job, message: string): string =>
  run.action.provider === "CodeStarSourceConnection"
    ? JSON.stringify({ ProviderType: "GitHub", CommitMessage: message })
    : message;

const commitVariables = (commit: GitCommit, branch: string) => ({
  AuthorDate: isoTime(commit.authoredAt),
  AuthorEmail: commit.authorEmail,
  AuthorDisplayName: commit.authorName,
  AuthorId: commit.authorName,
  BranchName: branch,
  CommitId: commit.commitId,
  CommitMessage: commit.message,
});

export const isoTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
