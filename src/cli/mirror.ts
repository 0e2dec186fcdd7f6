import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The owner of what a launch makes on the Git host. */
const OWNER = "aloft";

/** What the cloud's own door is asked of mirrors. */
export const mirrorPath = (request?: {
  readonly name: string;
  readonly path?: string;
  readonly branch?: string;
  readonly force?: boolean;
}): string => {
  if (!request) return "/_aloft/mirrors";
  const { force, ...texts } = request;
  return `/_aloft/mirrors?${new URLSearchParams({ owner: OWNER, ...texts, ...(force ? { force: "true" } : {}) })}`;
};

/**
 * The branch that is checked out in the repository whose top is this folder; undefined when there is none with a commit, or
 * none that has what is needed of it.
 */
export const branchOf = async (folder: string, needed = "HEAD^{commit}"): Promise<string | undefined> => {
  const git = async (...args: readonly string[]) => (await run("git", [...args], { cwd: folder })).stdout.trim();
  try {
    if ((await git("rev-parse", "--show-toplevel")) !== (await realpath(folder))) return undefined;
    await git("rev-parse", "--verify", "--quiet", needed);
    return await git("symbolic-ref", "--short", "HEAD");
  } catch {
    // No git, no repository, no commit, or no branch: nothing to follow.
    return undefined;
  }
};
