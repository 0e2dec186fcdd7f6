import type { Buildspec } from "./buildspec/types.ts";
import { yamlFileError } from "./failure.ts";
import type { BuildLog } from "./log.ts";
import type { BuildPorts } from "./ports.ts";

/**
 * Selects the runtimes a build asks for; gives the folders that come first on its PATH.
 * Differs: Node.js alone comes in the version asked for, from the npm registry; of the others this machine's is used, and said.
 */
export const selectRuntimes = async (
  { phases }: Buildspec,
  { nodeRuntime }: Pick<BuildPorts, "nodeRuntime">,
  log: BuildLog,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const folders: string[] = [];
  const wanted = Object.entries(phases.install?.runtimeVersions ?? {});
  if (wanted.length === 0) log.agent("No runtime version selected in buildspec.");
  for (const [runtime, version] of wanted) {
    log.agent(`Selecting '${runtime}' runtime version '${version}' based on manual selections...`);
    const major = runtime === "nodejs" ? majorOf(version) : undefined;
    if (runtime !== "nodejs") log.agent(`aloft: builds use the ${runtime} of this machine`);
    if (major === undefined || String(major) === HOST_MAJOR) continue;
    const programs = await nodeRuntime(major, log.agent, signal);
    if (programs !== undefined) folders.push(programs);
  }
  return folders;
};

const HOST_MAJOR = process.versions.node.split(".", 1)[0];

/** `20`, `20.x` and `20.11.1` are 20; `latest` is whatever is there. */
const majorOf = (version: string): number | undefined => {
  if (version === "latest") return undefined;
  const major = Number(/^v?(\d{1,3})(?:\.(?:x|\d+)){0,2}$/.exec(version)?.[1]);
  if (!(major >= OLDEST_NODE))
    throw yamlFileError(
      `Unknown runtime version named '${version}' of nodejs. This build image has the following versions: ${OLDEST_NODE} and later`,
    );
  return major;
};

/** Older ones cannot run any npm that still reads the registry. */
const OLDEST_NODE = 8;
