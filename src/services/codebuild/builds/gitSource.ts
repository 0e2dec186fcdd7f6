import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { clientError } from "../../../engines/build/failure.ts";
import type { FetchedSource } from "../../../engines/build/ports.ts";
import type { BuildSource } from "../../../engines/build/spec.ts";
import { minimalEnvironment, networkEnvironment } from "../../../engines/process/environment.ts";
import { createSecretMask } from "../../../engines/process/mask.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { codeCommitUrl, isCodeCommitOwner, type RepositoryName } from "../../../kernel/gitHost.ts";
import type { BuildRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { codeCommitRegion, repositoryNameOf } from "./repositoryName.ts";
import type { ServiceRole } from "./serviceRole.ts";
import { workDirectory } from "./workDirectory.ts";

/**
 * Clones a Git source; gives the commit. A repository of that name on this cloud's own Git host stands for the one on GitHub,
 * CodeCommit or wherever the address says; any other address is asked itself.
 */
export const cloneSource = async (
  room: Room,
  role: ServiceRole,
  build: BuildRecord,
  source: BuildSource,
  into: string,
  signal: AbortSignal,
): Promise<FetchedSource> => {
  const location = addressOf(room, source);
  const own = await ownRepository(role, source, location);
  // Without source credentials a repository here counts as public.
  const token = tokenOf(room, source) ?? (own ? (await role.ctx.call("git", "CreateReadToken", {})).token : undefined);
  const host = `${room.deps.endpoint()}/git/`;
  const url = own ? `${host}${own.owner}/${own.name}.git` : location.href;
  const git = gitIn(room, build, source, into, signal, {
    // The token is told to the source's own host alone, whatever a submodule or a redirection says.
    trusted: own ? host : `${location.origin}/`,
    token,
    ...(own ? { standsFor: `${location.origin}/` } : {}),
  });
  const { gitCloneDepth = 0, gitSubmodulesConfig } = settingsOf(build, source);
  // AWS: a depth of more than 25 is the whole history, as is none.
  const { reference, commit } = wantedOf(source.version);
  const isShallow = gitCloneDepth > 0 && gitCloneDepth <= MAX_CLONE_DEPTH;
  await git("init", "--quiet");
  await git("remote", "add", "origin", url);
  if (!isShallow) await git("fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
  await git(
    "fetch",
    "--quiet",
    ...(isShallow ? [`--depth=${gitCloneDepth}`] : []),
    "origin",
    isShallow && commit !== undefined ? commit : reference,
  );
  await git("checkout", "--quiet", "--force", commit ?? "FETCH_HEAD");
  if (own && isCodeCommitOwner(own.owner)) await git("remote", "set-url", "origin", originOf(room, location, own.name));
  if (gitSubmodulesConfig?.fetchSubmodules) await git("submodule", "--quiet", "update", "--init", "--recursive");
  // A fetched commit lies detached: its id is the head itself.
  return { resolvedVersion: (await readFile(join(into, ".git/HEAD"), "utf8")).trim() };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-source.html */
const MAX_CLONE_DEPTH = 25;

/**
 * `pr/17` is what GitHub keeps of pull request 17; `refs/heads/main^{COMMIT}` a commit that a reference is to have.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/sample-source-version.html
 */
const wantedOf = (version = "HEAD"): { readonly reference: string; readonly commit?: string } => {
  const [, named = version, commit] = /^(refs\/.+)\^\{([0-9a-f]{40})\}$/.exec(version) ?? [];
  const reference = named.replace(/^pr\/(\d+)$/, "refs/pull/$1/head");
  return commit === undefined ? { reference } : { reference, commit };
};

const settingsOf = ({ settings }: BuildRecord, { identifier }: BuildSource) =>
  identifier === undefined
    ? settings.source
    : (settings.secondarySources?.find(({ sourceIdentifier }) => sourceIdentifier === identifier) ?? settings.source);

/** Throws CLIENT_ERROR for what is no address of the web, such as a path of this machine. */
const addressOf = ({ deps }: Room, { location = "", identifier }: BuildSource): URL => {
  const text = location.replace(/^git@([^:]+):/, "https://$1/");
  const url = URL.canParse(text, deps.endpoint()) ? new URL(text, deps.endpoint()) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw clientError(`invalid repository address ${location} for ${identifier ?? "primary source"}`);
};

/** The repository here that an address means, if there is such. Throws unless the role may pull from one of CodeCommit's. */
const ownRepository = async (
  { ctx }: ServiceRole,
  source: BuildSource,
  { href }: URL,
): Promise<RepositoryName | undefined> => {
  const repository = repositoryNameOf(href, ctx);
  if (!repository) return undefined;
  const isCodeCommit = isCodeCommitOwner(repository.owner);
  if (isCodeCommit) await checkPull(ctx, repository.name, source);
  try {
    await ctx.call("git", "GetCommit", { ...repository, ref: "main" });
    return repository;
  } catch (error) {
    if (errorCode(error) !== "RepositoryDoesNotExistException") return repository;
    if (isCodeCommit) throw clientError(`repository not found for ${sourceWords(source)}`);
    return undefined;
  }
};

/** Where the build's own commands find CodeCommit's repository, with its credential helper. */
const originOf = ({ deps }: Room, { hostname }: URL, name: string): string =>
  codeCommitUrl(deps.endpoint(), codeCommitRegion(hostname) ?? deps.region, name);

/** AWS: a build clones from CodeCommit as its role. */
const checkPull = async (ctx: Context, name: string, source: BuildSource): Promise<void> => {
  const resource = `arn:${ctx.partition}:codecommit:${ctx.region}:${ctx.account}:${name}`;
  try {
    await ctx.authorize([{ action: "codecommit:GitPull", resource }]);
  } catch (error) {
    throw errorCode(error).startsWith("AccessDenied")
      ? clientError(`authorization failed for ${sourceWords(source)}`)
      : error;
  }
};

const sourceWords = ({ identifier, version }: BuildSource): string =>
  `${identifier ?? "primary source"}${version === undefined ? "" : ` and source version ${version}`}`;

interface GitAccess {
  /** The address that is told the token. */
  readonly trusted: string;
  readonly token: string | undefined;
  /** The address whose repositories are here. */
  readonly standsFor?: string;
}

const gitIn = (
  room: Room,
  build: BuildRecord,
  source: BuildSource,
  into: string,
  signal: AbortSignal,
  { trusted, token, standsFor }: GitAccess,
) => {
  const authorization = `Authorization: Basic ${Buffer.from(`aloft:${token ?? ""}`).toString("base64")}`;
  const config = [
    ...(token ? [[`http.${trusted}.extraHeader`, authorization] as const] : []),
    // Submodules beside a repository that is here are here too.
    ...(standsFor ? [[`url.${trusted}.insteadOf`, standsFor] as const] : []),
  ];
  const env = {
    ...minimalEnvironment({ home: into, tmp: into }),
    ...networkEnvironment(),
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    // By the environment, since arguments can be read by anyone on the machine.
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(
      config.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
  return async (...args: readonly string[]): Promise<void> => {
    const lines: string[] = [];
    const exit = await room.processes.start({
      argv: ["git", ...args],
      cwd: into,
      env,
      signal,
      marker: workDirectory(room, build),
      mask: createSecretMask(token ? [token] : []),
      onLine: ({ text }) => lines.push(text),
    }).exited;
    signal.throwIfAborted();
    if (exit.kind !== "exited" || exit.code !== 0)
      throw clientError(
        `git ${args[0]} failed: ${lines.join(" ") || exit.kind} for ${source.identifier ?? "primary source"}`,
      );
  };
};

/** The token of the source credentials for that kind of source. */
export const tokenOf = ({ sourceCredentials, deps }: Room, source: BuildSource): string | undefined => {
  for (const { value } of sourceCredentials.range()) {
    if (value.serverType === source.type) return deps.cipher.open(value.sealedToken).toString();
  }
  return undefined;
};
