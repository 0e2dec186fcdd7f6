import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { clientError } from "../../../engines/build/failure.ts";
import type { FetchedSource } from "../../../engines/build/ports.ts";
import type { BuildSource } from "../../../engines/build/spec.ts";
import { unpackZip } from "../../../engines/build/zip/unpack.ts";
import { minimalEnvironment, networkEnvironment } from "../../../engines/process/environment.ts";
import { createSecretMask } from "../../../engines/process/mask.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import type { BuildRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { ServiceRole } from "./serviceRole.ts";

/** Clones a repository of this cloud's Git host; gives the commit. */
export const cloneSource = async (
  room: Room,
  role: ServiceRole,
  build: BuildRecord,
  source: BuildSource,
  into: string,
  signal: AbortSignal,
): Promise<FetchedSource> => {
  if (tokenOf(room, source) === undefined) return takeArchive(role, source, into);
  const git = gitIn(room, build, source, into, signal);
  const depth = build.settings.source.gitCloneDepth ?? 1;
  const version = source.version ?? "HEAD";
  await git("init", "--quiet");
  await git("remote", "add", "origin", gitUrl(room, source.location ?? ""));
  await git("fetch", "--quiet", ...(depth > 0 ? [`--depth=${depth}`] : []), "origin", version);
  await git("checkout", "--quiet", "--force", "FETCH_HEAD");
  // A fetched commit lies detached: its id is the head itself.
  return { resolvedVersion: (await readFile(join(into, ".git/HEAD"), "utf8")).trim() };
};

/**
 * Without a token, what AWS does with a public repository.
 * Differs: the files come without the repository's history.
 */
const takeArchive = async ({ ctx }: ServiceRole, source: BuildSource, into: string): Promise<FetchedSource> => {
  const [owner = "", name = ""] = (source.location ?? "")
    .replace(/\.git$/, "")
    .split(/[/:]/)
    .slice(-2);
  try {
    const { commitId } = await ctx.call("git", "GetCommit", { owner, name, ref: source.version ?? "main" });
    const { archive } = await ctx.call("git", "GetArchive", { owner, name, commitId });
    await unpackZip(archive, into);
    return { resolvedVersion: commitId };
  } catch (error) {
    throw clientError(`${errorMessage(error)} for ${source.identifier ?? "primary source"}`);
  }
};

/**
 * A repository's address here: `https://github.com/OWNER/REPO` is a repository of our own Git host of that name.
 * Differs: no build of this cloud reads from github.com itself.
 */
const gitUrl = ({ deps }: Room, location: string): string => {
  const { pathname } = new URL(location.replace(/^git@([^:]+):/, "https://$1/"), deps.endpoint());
  const path = pathname.replace(/^\/git\//, "/").replace(/\.git$/, "");
  return `${deps.endpoint()}/git${path}.git`;
};

const gitIn = (room: Room, build: BuildRecord, source: BuildSource, into: string, signal: AbortSignal) => {
  const token = tokenOf(room, source);
  const authorization = `Authorization: Basic ${Buffer.from(`aloft:${token ?? ""}`).toString("base64")}`;
  const env = {
    ...minimalEnvironment({ home: into, tmp: into }),
    ...networkEnvironment(),
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    // By the environment, since arguments can be read by anyone on the machine.
    ...(token
      ? { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "http.extraHeader", GIT_CONFIG_VALUE_0: authorization }
      : {}),
  };
  return async (...args: readonly string[]): Promise<void> => {
    const lines: string[] = [];
    const exit = await room.processes.start({
      argv: ["git", ...args],
      cwd: into,
      env,
      signal,
      marker: build.id,
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
