import { execFile } from "node:child_process";
import { cp, lstat, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Copies a project as a commit of it would be: what Git ignores stays behind, what is not committed yet comes along. */
export const copyWorkingTree = async (folder: string, into: string): Promise<void> => {
  const names = await knownToGit(folder);
  if (!names)
    return cp(folder, into, { recursive: true, verbatimSymlinks: true, filter: (path) => !/[/\\]\.aloft$/.test(path) });
  for (const name of names) {
    const from = join(folder, name);
    if (!(await isThere(from))) continue; // Deleted, and not committed yet.
    await mkdir(dirname(join(into, name)), { recursive: true });
    await cp(from, join(into, name), { verbatimSymlinks: true, recursive: true });
  }
};

/** Undefined where there is no Git repository. */
const knownToGit = async (folder: string): Promise<readonly string[] | undefined> => {
  try {
    const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const { stdout } = await promisify(execFile)("git", args, { cwd: folder, maxBuffer: MAX_NAMES_BYTES });
    return stdout.split("\0").filter((name) => name !== "" && !name.startsWith(".aloft/"));
  } catch {
    return undefined; // No repository, or no git: everything that is there.
  }
};

const MAX_NAMES_BYTES = 256 * 1024 ** 2;

const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
};
