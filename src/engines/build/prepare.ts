import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseBuildspec } from "./buildspec/parse.ts";
import { type Buildspec, COMMAND_PHASES } from "./buildspec/types.ts";
import { type BuildCache, createCache } from "./cache.ts";
import { yamlFileError } from "./failure.ts";
import { createKeyedCache } from "./keyedCache.ts";
import type { BuildLog } from "./log.ts";
import type { BuildPorts } from "./ports.ts";
import { selectRuntimes } from "./runtimes.ts";
import { createBuildShell } from "./shell.ts";
import type { BuildSpec } from "./spec.ts";
import { expand } from "./upload.ts";
import { buildEnvironment } from "./variables.ts";
import { sourceFolder, type Workspace } from "./workspace.ts";

/** All that a build's commands need. */
export interface PreparedBuild {
  readonly buildspec: Buildspec;
  readonly environment: Record<string, string>;
  readonly cache: BuildCache | undefined;
  readonly resolvedSourceVersion: string | undefined;
}

/** DOWNLOAD_SOURCE: sources, buildspec, variables, cache. */
export const prepareBuild = async (
  spec: BuildSpec,
  workspace: Workspace,
  ports: BuildPorts,
  log: BuildLog,
  signal: AbortSignal,
): Promise<PreparedBuild> => {
  const { resolvedVersion } = await ports.fetchSource(spec.source, workspace.source, signal);
  log.agent("Phase is DOWNLOAD_SOURCE");
  log.agent(`CODEBUILD_SRC_DIR=${workspace.source}`);
  for (const source of spec.secondarySources) {
    const folder = sourceFolder(workspace, source.identifier);
    await mkdir(folder, { recursive: true });
    await ports.fetchSource(source, folder, signal);
    log.agent(`CODEBUILD_SRC_DIR_${source.identifier}=${folder}`);
  }
  const buildspec = parseBuildspec(await buildspecText(spec, workspace, ports, log));
  log.agent("Processing environment variables");
  const path = await selectRuntimes(buildspec, ports, log, signal);
  const environment = await buildEnvironment(spec, buildspec, workspace, resolvedVersion, ports, path);
  log.agent(`Moving to directory ${workspace.source}`);
  const cache = await restoreCache({ spec, buildspec, workspace, environment, ports, log, signal });
  announcePhases(buildspec, log);
  return { buildspec, environment, cache, resolvedSourceVersion: resolvedVersion };
};

const buildspecText = async (
  { buildspec }: BuildSpec,
  workspace: Workspace,
  ports: BuildPorts,
  log: BuildLog,
): Promise<string> => {
  if (buildspec.kind === "object") {
    log.agent(`YAML location is ${buildspec.arn}`);
    return ports.readObject(buildspec.arn);
  }
  if (buildspec.kind === "inline") {
    log.agent(`YAML location is ${join(workspace.state, "buildspec.yml")}`);
    return buildspec.text;
  }
  const path = resolve(workspace.source, buildspec.path);
  const missing = () =>
    yamlFileError(
      buildspec.path === "buildspec.yml" ? "YAML file does not exist" : `stat ${path}: no such file or directory`,
    );
  if (!path.startsWith(`${workspace.source}/`)) throw missing();
  log.agent(`YAML location is ${path}`);
  return readFile(path, "utf8").catch(() => {
    throw missing();
  });
};

interface CacheParts {
  readonly spec: BuildSpec;
  readonly buildspec: Buildspec;
  readonly workspace: Workspace;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: BuildPorts;
  readonly log: BuildLog;
  readonly signal: AbortSignal;
}

/** Gives a build what an earlier one has kept; undefined where it keeps nothing itself. */
const restoreCache = async (parts: CacheParts): Promise<BuildCache | undefined> => {
  const { spec, buildspec, ports, log, workspace } = parts;
  const { paths, key, restores, saves } = buildspec.cache;
  if (paths.length === 0) log.agent("Cache is not defined in the buildspec");
  if (!spec.cached || ports.cacheDirectory === undefined) {
    if (paths.length > 0) log.agent("Skip cache due to: the project keeps no cache");
    return undefined;
  }
  const keyed = key !== undefined && ports.keyedCacheDirectory !== undefined;
  const cache = keyed
    ? await keyedCache(parts, ports.keyedCacheDirectory, key)
    : createCache(ports.cacheDirectory, paths, workspace, log);
  if (restores) await cache.restore();
  return saves ? cache : undefined;
};

/** AWS: keys may hold variables and commands of the shell, as names of artifacts may. */
const keyedCache = async (parts: CacheParts, directory: string, key: string): Promise<BuildCache> => {
  const { buildspec, workspace, environment, ports, log, signal } = parts;
  const { paths, fallbackKeys } = buildspec.cache;
  const shell = createBuildShell({
    ...{ processes: ports.processes, ids: ports.ids, mask: ports.mask, signal },
    ...{ cwd: workspace.source, env: environment, stateDirectory: workspace.state, marker: ports.directory },
    // What an expression leaves in its shell is none of the commands' business.
    isolated: true,
    onOutput: log.output,
  });
  try {
    const expanded = [];
    for (const text of [key, ...fallbackKeys]) expanded.push(await expand(shell, text));
    const [own = "", ...others] = expanded;
    return createKeyedCache(directory, { paths, key: own, fallbackKeys: others }, workspace, ports.ids.hex(8), log);
  } finally {
    await shell.close();
  }
};

const announcePhases = ({ phases }: Buildspec, log: BuildLog): void => {
  log.agent(`Phases found in YAML: ${Object.keys(phases).length}`);
  for (const name of COMMAND_PHASES) {
    const phase = phases[name];
    if (phase) log.agent(` ${name.toUpperCase()}: ${phase.commands.length} commands`);
  }
};
