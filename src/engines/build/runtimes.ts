import type { Buildspec } from "./buildspec/types.ts";
import type { BuildLog } from "./log.ts";

/**
 * Tells in the log which runtimes a build asked for and which it gets.
 * Differs: builds run on this machine and see its runtimes, so another version than the one asked for is said, not hidden.
 */
export const announceRuntimes = ({ phases }: Buildspec, log: BuildLog): void => {
  const wanted = Object.entries(phases.install?.runtimeVersions ?? {});
  if (wanted.length === 0) log.agent("No runtime version selected in buildspec.");
  for (const [runtime, version] of wanted) {
    log.agent(`Selecting '${runtime}' runtime version '${version}' based on manual selections...`);
    const here = runtime === "nodejs" ? nodeIfOther(version) : `the ${runtime} of this machine`;
    if (here) log.agent(`aloft: builds use ${here}`);
  }
};

const nodeIfOther = (version: string): string | undefined => {
  const major = process.versions.node.split(".", 1)[0];
  const wanted = /^\d+/.exec(version)?.[0];
  return wanted === undefined || wanted === major ? undefined : `Node.js ${process.versions.node}, not ${version}`;
};
