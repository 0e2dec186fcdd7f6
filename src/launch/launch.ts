import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Stack } from "@aws-sdk/client-cloudformation";
import { ask, get } from "./ask.ts";
import { failedRun } from "./failedRun.ts";
import { outlineOf } from "./outline.ts";
import { followPipeline, type PipelineRun } from "./pipeline.ts";
import { LaunchFailed, type Tell } from "./progress.ts";
import { ensureToken } from "./secret.ts";
import { uploadSource } from "./source.ts";
import { deployStack, type Front, findStack, frontOf, outputOf, REFERENCE_API } from "./stack.ts";
import { requireValues } from "./stackParameters.ts";
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
  /** The application's address, which output says it, and what it answered. */
  readonly api: string | undefined;
  readonly apiName: string | undefined;
  readonly answer: string | undefined;
  readonly answerStatus: number | undefined;
  readonly repository: string | undefined;
  /** The same with the token in it, where the Git host is this cloud's: what git takes without asking. */
  readonly cloneUrl: string | undefined;
}

const OWNER = "aloft";
/** The parameters whose values a launch knows by itself. */
const OWN = ["SourceBucket", "SourceKey", "GitHubOwner", "GitHubRepository"];

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
  const outline = outlineOf(template);
  requireValues(outline.parameters, [...OWN, ...Object.keys(parameters)], await findStack(clients, name));
  const used = await ensureToken(clients, token, isLocal, tell);
  const source = await uploadSource(clients, project, name, target.region, tell);
  const stack = await deployStack(
    clients,
    {
      name,
      template,
      outline,
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
  if (run.status !== "Succeeded") throw failedRun(pipeline, run);
  const application = await findStack(clients, outputOf(stack, "ApplicationStackName") ?? `${name}-app`);
  const front = frontOf(application);
  const repository = outputOf(stack, "RepositoryUrl");
  return {
    run,
    outputs: outputsOf(stack),
    applicationOutputs: outputsOf(application),
    api: front?.url,
    apiName: front?.name,
    ...(await answerOf(front)),
    repository,
    cloneUrl: repository && isLocal ? withToken(repository, used) : repository,
  };
};

/** The reference must answer; of any other application we know not whether its address takes a plain GET. */
const answerOf = async (front: Front | undefined): Promise<Pick<LaunchResult, "answer" | "answerStatus">> => {
  if (front === undefined) return { answer: undefined, answerStatus: undefined };
  if (front.name === REFERENCE_API) return { answer: await ask(front.url), answerStatus: 200 };
  const { status, body } = await get(new URL(front.url));
  return { answer: body, answerStatus: status };
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
    throw new LaunchFailed(`There is no ${path}: a launch needs the pipeline's template.`, "aloft init");
  }
};

const outputsOf = (stack: Stack | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
