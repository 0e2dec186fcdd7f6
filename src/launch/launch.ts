import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ask } from "./ask.ts";
import { followPipeline, type PipelineRun } from "./pipeline.ts";
import { LaunchFailed, type Tell } from "./progress.ts";
import { ensureToken } from "./secret.ts";
import { uploadSource } from "./source.ts";
import { deployStack, findStack, outputOf } from "./stack.ts";
import { clientsFor, type Target } from "./target.ts";

/** What to launch, and where. */
export interface LaunchRequest {
  readonly target: Target;
  /** The folder with pipeline.yml. */
  readonly project: string;
  /** Names the stack, the repository and the source bucket. */
  readonly name: string;
  /** The Git host's token; made up for a local cloud when absent. */
  readonly token?: string;
  /** Further parameters of pipeline.yml. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Where everything is once it runs. */
export interface LaunchResult {
  readonly run: PipelineRun;
  readonly outputs: Readonly<Record<string, string>>;
  readonly applicationOutputs: Readonly<Record<string, string>>;
  /** The application's address and what it answered. */
  readonly api: string | undefined;
  readonly answer: string | undefined;
  readonly repository: string | undefined;
  /** The same with the token in it, where the Git host is this cloud's: what git takes without asking. */
  readonly cloneUrl: string | undefined;
}

const OWNER = "aloft";

/**
 * The reference launch: the secret, the source zip in a bucket, the pipeline's stack; then it follows the pipeline and
 * asks the application. Safe to repeat. Throws `LaunchFailed` with the next command.
 */
export const launch = async (
  { target, project, name, token, parameters = {} }: LaunchRequest,
  tell: Tell,
): Promise<LaunchResult> => {
  const clients = clientsFor(target);
  const isLocal = target.endpoint !== undefined;
  const template = await readTemplate(join(project, "pipeline.yml"));
  const used = await ensureToken(clients, token, isLocal, tell);
  const source = await uploadSource(clients, project, name, target.region, tell);
  const stack = await deployStack(
    clients,
    {
      name,
      template,
      parameters: {
        SourceBucket: source.bucket,
        SourceKey: source.key,
        GitHubOwner: OWNER,
        GitHubRepository: name,
        ...parameters,
      },
    },
    tell,
  );
  const pipeline = outputOf(stack, "PipelineName") ?? "";
  const run = await followPipeline(clients, pipeline, tell);
  if (run.status !== "Succeeded") {
    throw new LaunchFailed(`The run ${run.executionId} of the pipeline ${pipeline} is ${run.status}.`, "aloft logs");
  }
  const application = await findStack(clients, outputOf(stack, "ApplicationStackName") ?? `${name}-app`);
  const api = outputOf(application, "GetDataApi");
  const repository = outputOf(stack, "RepositoryUrl");
  return {
    run,
    outputs: outputsOf(stack),
    applicationOutputs: outputsOf(application),
    api,
    answer: api ? await ask(api) : undefined,
    repository,
    cloneUrl: repository && isLocal ? withToken(repository, used) : repository,
  };
};

const withToken = (repository: string, token: string): string => {
  const url = new URL(repository);
  url.username = "git";
  url.password = token;
  return url.href;
};

const readTemplate = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new LaunchFailed(
      `There is no ${path}: a launch needs the pipeline's template.`,
      "aloft launch --project FOLDER",
    );
  }
};

const outputsOf = (stack: Awaited<ReturnType<typeof findStack>>): Readonly<Record<string, string>> =>
  Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
