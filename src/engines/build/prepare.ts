import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseBuildspec } from "./buildspec/parse.ts";
import { type Buildspec, COMMAND_PHASES } from "./buildspec/types.ts";
import { type BuildCache, createCache } from "./cache.ts";
import { yamlFileError } from "./failure.ts";
import type { BuildLog } from "./log.ts";
import type { BuildPorts } from "./ports.ts";
import { selectRuntimes } from "./runtimes.ts";
import type { BuildSpec } from "./spec.ts";
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
  const cache = await restoreCache(spec, buildspec, workspace, ports, log);
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

const restoreCache = async (
  spec: BuildSpec,
  { cachePaths }: Buildspec,
  workspace: Workspace,
  { cacheDirectory }: BuildPorts,
  log: BuildLog,
): Promise<BuildCache | undefined> => {
  if (cachePaths.length === 0) log.agent("Cache is not defined in the buildspec");
  if (!spec.cached || cacheDirectory === undefined) {
    if (cachePaths.length > 0) log.agent("Skip cache due to: the project keeps no cache");
    return undefined;
  }
  const cache = createCache(cacheDirectory, cachePaths, workspace, log);
  await cache.restore();
  return cache;
};

const announcePhases = ({ phases }: Buildspec, log: BuildLog): void => {
  log.agent(`Phases found in YAML: ${Object.keys(phases).length}`);
  for (const name of COMMAND_PHASES) {
    const phase = phases[name];
    if (phase) log.agent(` ${name.toUpperCase()}: ${phase.commands.length} commands`);
  }
};
